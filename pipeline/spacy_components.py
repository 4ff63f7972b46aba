"""gongbao in spaCy: a processed document as a `Doc`, and the stages as pipeline components.

`to_spacy` turns a document that went through the stages into a spaCy `Doc`. The other way about, a
spaCy pipeline takes the stages by name:

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> for name in ("gongbao_slogans", "gongbao_claims", "gongbao_entities"):
...     _ = nlp.add_pipe(name)
>>> doc = nlp("2021年全市生产总值增长9.1%。")
>>> [span.text for span in doc.spans["claims"]]
['9.1%']

In both, ``doc.text`` is the text, ``doc.spans[stage]`` holds what a stage found under the offsets of
the text, and ``span._.record`` is the record with all its fields, as it is written to files. Where
the tokenizer put a token across the edge of a record, the token is split there.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from pipeline.document import Document, Metadata, Period, Quantity, Record
from pipeline.settings import Ner
from pipeline.stages import process, select
from pipeline.writing import RECORD_KINDS, record_row

#: Universal part of speech of jieba's tags, by the tag or its first letter.
UNIVERSAL_POS = {
    "n": "NOUN",
    "nr": "PROPN",
    "ns": "PROPN",
    "nt": "PROPN",
    "nz": "PROPN",
    "v": "VERB",
    "a": "ADJ",
    "ad": "ADV",
    "b": "ADJ",
    "z": "ADJ",
    "d": "ADV",
    "m": "NUM",
    "q": "NOUN",
    "r": "PRON",
    "p": "ADP",
    "c": "CCONJ",
    "u": "PART",
    "y": "PART",
    "k": "PART",
    "e": "INTJ",
    "o": "INTJ",
    "f": "NOUN",
    "s": "NOUN",
    "t": "NOUN",
    "j": "NOUN",
    "l": "NOUN",
    "i": "VERB",
    "g": "NOUN",
    "h": "PART",
    "eng": "X",
}

_RECORDS = "gongbao"  # the key of doc.user_data under which the records' fields are


def to_spacy(doc: Document, vocab: Vocab | None = None) -> Doc:
    """Return `doc` as a spaCy `Doc`: words, parts of speech, sentences, and its records as spans.

    ``doc.ents`` holds the entities as well. The document's stages must have run; without tokens its
    words are single characters.
    """
    spacy_doc = _make_doc(doc, vocab or _vocabulary())
    for stage in RECORD_KINDS:
        _add_spans(spacy_doc, doc, stage)
    _add_sentences(spacy_doc, doc)
    _add_parts_of_speech(spacy_doc, doc)
    return spacy_doc


@cache
def _vocabulary() -> Vocab:
    return spacy.blank("zh").vocab


def _make_doc(doc: Document, vocab: Vocab) -> Doc:
    cuts = {0, len(doc.text)} | {offset for token in doc.tokens for offset in (token.start, token.end)}
    if not doc.tokens:
        cuts.update(range(len(doc.text)))
    for stage in RECORD_KINDS:
        cuts.update(offset for span in _located(doc, stage) for offset in span[:2])
    cuts.update(offset for sentence in doc.sentences for offset in (sentence.start, sentence.end))
    words = [doc.text[start:end] for start, end in pairwise(sorted(cuts))]
    return Doc(vocab, words=words, spaces=[False] * len(words))


class StageComponent:
    """A stage as a component of a spaCy pipeline.

    A text's metadata, which periods and places are resolved against, are read from
    ``doc.user_data["metadata"]`` where they are known (`date`, `region`, `issuer` …), else from the
    text.
    """

    def __init__(self, stage: str, ner: Ner = "none") -> None:
        self.stage = stage
        self.ner = ner

    def __call__(self, doc: Doc) -> Doc:
        """Add what the stage finds in `doc`."""
        document = _processed(doc.text, _frozen(doc.user_data.get("metadata", {})), self.stage, self.ner)
        if self.stage == "sentences":
            _split(doc, {offset for sentence in document.sentences for offset in (sentence.start, sentence.end)})
            _add_sentences(doc, document)
        elif self.stage == "tokens":
            _split(doc, {offset for token in document.tokens for offset in (token.start, token.end)})
            _merge(doc, [(token.start, token.end) for token in document.tokens])
            _add_parts_of_speech(doc, document)
        else:
            _split(doc, {offset for start, end, _ in _located(document, self.stage) for offset in (start, end)})
            _add_spans(doc, document, self.stage)
        return doc


@Language.factory("gongbao_sentences", assigns=["token.is_sent_start"])
def gongbao_sentences(nlp: Language, name: str) -> StageComponent:
    """Return the stage `sentences` as a component."""
    return StageComponent("sentences")


@Language.factory("gongbao_quantities", assigns=["doc.spans"])
def gongbao_quantities(nlp: Language, name: str) -> StageComponent:
    """Return the stage `quantities` as a component."""
    return StageComponent("quantities")


@Language.factory("gongbao_periods", assigns=["doc.spans"])
def gongbao_periods(nlp: Language, name: str) -> StageComponent:
    """Return the stage `periods` as a component."""
    return StageComponent("periods")


@Language.factory("gongbao_slogans", assigns=["doc.spans"])
def gongbao_slogans(nlp: Language, name: str) -> StageComponent:
    """Return the stage `slogans` as a component."""
    return StageComponent("slogans")


@Language.factory("gongbao_claims", assigns=["doc.spans"])
def gongbao_claims(nlp: Language, name: str) -> StageComponent:
    """Return the stage `claims` as a component."""
    return StageComponent("claims")


@Language.factory("gongbao_entities", assigns=["doc.spans", "doc.ents"], default_config={"ner": "none"})
def gongbao_entities(nlp: Language, name: str, ner: Ner) -> StageComponent:
    """Return the stage `entities` as a component; `ner` is its statistical source, none or lac."""
    return StageComponent("entities", ner)


@Language.factory("gongbao_tokens", assigns=["token.tag", "token.pos"])
def gongbao_tokens(nlp: Language, name: str) -> StageComponent:
    """Return the stage `tokens` as a component."""
    return StageComponent("tokens")


def _record_of(span: Span) -> dict[str, Any] | None:
    """Return the fields of the record that `span` stands for, None where it stands for none."""
    records: dict[str, dict[str, Any]] = span.doc.user_data.get(_RECORDS, {})
    return records.get(span.id_)


@lru_cache(maxsize=4)
def _document(text: str, given: tuple[tuple[str, str], ...], ner: Ner) -> tuple[Document, set[str]]:
    """Return the document of `text` with the names of the stages that it has been through.

    The components of a pipeline see the same text one after the other; this spares the later ones
    what the earlier have done.
    """
    return Document(text, given=Metadata(**dict(given))), set()


def _processed(text: str, given: tuple[tuple[str, str], ...], stage: str, ner: Ner) -> Document:
    document, done = _document(text, given, ner)
    missing = tuple(needed for needed in select([stage], ner=ner) if needed.name not in done)
    done.update(needed.name for needed in missing)
    return process(document, missing)


def _frozen(metadata: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(metadata.items()))


def _located(doc: Document, stage: str) -> Iterator[tuple[int, int, Record | Quantity | Period]]:
    """Yield the text offsets of what `stage` found, and it."""
    for found in getattr(doc, stage):
        if isinstance(found, Record):
            yield found.start, found.end, found
        else:
            span = doc.locate(found.start, found.end)
            yield span.start, span.end, found


def _add_spans(doc: Doc, document: Document, stage: str) -> None:
    """Put what `stage` found into ``doc.spans[stage]``, and entities into ``doc.ents`` if there are none yet."""
    records = doc.user_data.setdefault(_RECORDS, {})
    spans = []
    for number, (start, end, found) in enumerate(_located(document, stage)):
        if isinstance(found, Record):
            key, label, fields = found.id, getattr(found, "kind", None) or getattr(found, "type", ""), record_row(found)
        else:
            label = (found.unit if isinstance(found, Quantity) else found.kind) or ""
            key, fields = f"{stage}-{number}", msgspec.structs.asdict(found) | {"start": start, "end": end}
        records[key] = msgspec.json.decode(msgspec.json.encode(fields))
        spans.append(_span(doc, start, end, label=label, span_id=key))
    doc.spans[stage] = spans
    if stage == "entities" and not doc.ents:
        doc.set_ents([Span(doc, s.start, s.end, label=s.label_) for s in _disjoint(spans)])


def _span(doc: Doc, start: int, end: int, **attributes: Any) -> Span:
    """Return the span of the text offsets `[start, end)`, to the edges of the tokens that they stand in."""
    span = doc.char_span(start, end, alignment_mode="expand", **attributes)
    if span is None:
        raise ValueError(f"[{start}, {end}) is not within the text")
    return span


def _disjoint(spans: Iterable[Span]) -> Iterator[Span]:
    end = 0
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.start >= end:
            yield span
            end = span.end


def _add_sentences(doc: Doc, document: Document) -> None:
    starts = {sentence.start for sentence in document.sentences}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0


def _add_parts_of_speech(doc: Doc, document: Document) -> None:
    tags = {token.start: token.pos for token in document.tokens}
    for token in doc:
        tag = tags.get(token.idx, "")
        token.tag_ = tag
        token.pos_ = _universal(token, tag)


def _universal(token: Token, tag: str) -> str:
    if token.is_space:
        return "SPACE"
    if token.is_punct:
        return "PUNCT"
    return UNIVERSAL_POS.get(tag) or UNIVERSAL_POS.get(tag[:1], "X")


def _split(doc: Doc, cuts: set[int]) -> None:
    """Split the tokens of `doc` at the text offsets `cuts`."""
    crossed = {}
    for token in doc:
        end = token.idx + len(token)
        inside = sorted(cut for cut in range(token.idx + 1, end) if cut in cuts)
        if inside:
            crossed[token] = [doc.text[a:b] for a, b in pairwise((token.idx, *inside, end))]
    if not crossed:
        return
    with _keeping_spans(doc), doc.retokenize() as retokenizer:
        for token, orths in crossed.items():
            retokenizer.split(token, orths, heads=[(token, i) for i in range(len(orths))])


def _merge(doc: Doc, ranges: Iterable[tuple[int, int]]) -> None:
    """Merge the tokens of `doc` in each of the text `ranges`, which begin and end at edges of tokens."""
    spans = [_span(doc, start, end) for start, end in ranges]
    with _keeping_spans(doc), doc.retokenize() as retokenizer:
        for span in spans:
            if len(span) > 1:
                retokenizer.merge(span)


@contextmanager
def _keeping_spans(doc: Doc) -> Iterator[None]:
    """Lay the span groups of `doc` anew when its tokens have changed: spaCy leaves them at the old ones."""
    groups = {
        key: [(s.start_char, s.end_char, s.label, s.kb_id, s.id) for s in group] for key, group in doc.spans.items()
    }
    yield
    for key, spans in groups.items():
        doc.spans[key] = [
            _span(doc, start, end, label=label, kb_id=kb_id, span_id=span_id)
            for start, end, label, kb_id, span_id in spans
        ]


Span.set_extension("record", getter=_record_of, force=True)
