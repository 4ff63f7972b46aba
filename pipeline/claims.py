"""claims (being written)."""
class Claims:
    name = "claims"; description = "claims"; requires = ("view", "sentences"); assigns = "claims"
    example = "x"
    def find(self, doc):
        return ()
