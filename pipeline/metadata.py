"""Metadata of a text (being written)."""
class DetectMetadata:
    name = "metadata"; description = "title, date, issuer, region, genre"; requires = ("text",); assigns = "metadata"
    example = "新春贺词\n（2024年2月8日）"
    def find(self, doc):
        return doc.given
