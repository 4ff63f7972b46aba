"""slogans (being written)."""
class Slogans:
    name = "slogans"; description = "slogans"; requires = ("view", "sentences"); assigns = "slogans"
    example = "x"
    def find(self, doc):
        return ()
