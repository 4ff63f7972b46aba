"""What `add` shows of a text in a terminal before it is added."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.corpus.adding import Proposal
from pipeline.metadata import DETECTED

#: What says it, by rule, where the text does not.
_ELSEWHERE = {
    "page": "the page's own metadata",
    "title": "the title",
    "issuer": "the issuer",
    "genre": "the genre",
}


def show_proposal(console: Console, proposal: Proposal) -> None:
    """Print what is known of a text that is to be added, how sure that is and why, and what is missing."""
    console.print(Text(f"{proposal.name} ← {proposal.source}", style="italic"))
    table = Table(box=None, show_header=False, pad_edge=False)
    found = {finding.field: finding for finding in proposal.findings}
    for field in DETECTED:
        value = getattr(proposal.metadata, field)
        if value is not None:
            finding = found.get(field)
            detected = finding is not None and finding.value == value
            quote = (finding.quote or _ELSEWHERE.get(finding.rule, "")) if finding and detected else ""
            note = f"{finding.confidence:.0%} {quote[:60]}" if finding and detected else "given"
            table.add_row(field, Text(value), Text(note.replace("\n", " "), style="dim"))
    if table.row_count:
        console.print(table)
    if proposal.missing:
        console.print(f"not found: {', '.join(proposal.missing)}", markup=False)
    for remark in proposal.extracted.remarks:
        console.print(f"note: {remark}", markup=False)
    for overlap in proposal.overlaps:
        link = f", linked as {overlap.link}" if overlap.link else ""
        console.print(f"overlap: {overlap}{link}", markup=False)
