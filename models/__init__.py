"""What gongbao has learnt from annotated texts, as data with a card each; no code."""
