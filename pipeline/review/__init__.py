"""Review: people judge what was extracted, and what they decide is kept as events that nothing overwrites."""
