"""Reviews out of the database and back into it, in the formats of other programs."""
