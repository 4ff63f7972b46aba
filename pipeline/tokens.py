"""tokens (being written)."""
class Tokens:
    name = "tokens"; description = "tokens"; requires = ("view", "sentences"); assigns = "tokens"
    example = "x"
    def find(self, doc):
        return ()
