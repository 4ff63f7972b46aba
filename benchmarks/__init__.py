"""How fast gongbao is, and whether it has become slower; each module says how it is run."""
