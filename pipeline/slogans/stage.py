"""The stage that finds slogans."""

from collections.abc import Iterator

from pipeline.confidence import rule_confidence
from pipeline.document import Document, Evidence, Slogan
from pipeline.slogans.canonical import canonical_form
from pipeline.slogans.members import expansion, find_members
from pipeline.slogans.quoted import judge, quoted_strings
from pipeline.slogans.unquoted import Found, unquoted_slogans


class Slogans:
    """Finds formulations that are coined, numbered or quoted, and what they stand for."""

    name = "slogans"
    description = "coined, numbered and quoted formulations, with the members that they announce"
    requires = ("view", "sentences")
    assigns = "slogans"
    example = "聚焦教育、医疗、养老“三大民生”，打造“山城蓝”，构建“1+4”体系"

    def find(self, doc: Document) -> Iterator[Slogan]:
        """Yield the slogans of `doc` in order."""
        for found, evidence in sorted(_candidates(doc), key=lambda pair: (pair[0].start, -pair[0].end)):
            members = find_members(doc, found)
            yield doc.record(
                Slogan,
                found.start,
                found.end,
                type=found.type,
                canonical=canonical_form(doc.view[found.start : found.end]),
                declared=found.declared,
                members=members,
                expansion=expansion(found.declared, members),
                rule=found.rule,
                evidence=evidence,
                confidence=rule_confidence("slogans", found.rule),
            )


def _candidates(doc: Document) -> list[tuple[Found, tuple[Evidence, ...]]]:
    view = doc.view
    kept: list[tuple[Found, tuple[Evidence, ...]]] = []
    taken = bytearray(len(view) + 1)
    unquoted = sorted(unquoted_slogans(view), key=lambda found: (found.start - found.end, found.start))
    for found in (f for f in unquoted if f.rule == "marked_head"):
        kept.append((found, ()))
        taken[found.start : found.end] = b"\1" * (found.end - found.start)
    for quoted in quoted_strings(view):
        verdict = judge(quoted)
        inside = taken[quoted.start] or taken[quoted.end - 1]
        if verdict.verdict == "slogan" and not inside:
            kept.append((Found(quoted.start, quoted.end, verdict.type, verdict.declared, verdict.rule), ()))
        taken[quoted.start : quoted.end] = b"\1" * (quoted.end - quoted.start)
    for found in unquoted:
        if not any(taken[found.start : found.end]):
            kept.append((found, ()))
            taken[found.start : found.end] = b"\1" * (found.end - found.start)
    return kept
