"""entities (being written)."""
class Entities:
    name = "entities"; description = "entities"; requires = ("view", "sentences"); assigns = "entities"
    example = "x"
    def find(self, doc):
        return ()
