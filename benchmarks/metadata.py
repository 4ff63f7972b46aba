"""How often metadata are detected rightly: texts with their NAME.meta.json beside them, read without it.

    python benchmarks/metadata.py FOLDER ...

A date counts as right if the day of the speech, to the precision given, or the day of publication is the one given.
The lines for the rules are what their confidence in `data/metadata.toml` comes from: (right + 1) / (found + 2).
"""

import sys
from collections import Counter
from pathlib import Path

from pipeline.detection import detect
from pipeline.metadata import DETECTED, companion, read_metadata
from pipeline.reading import read_text


def main(folders: list[str]) -> None:
    """Print the share of right values of each field, what is wrong, and how often each rule was right."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    by_rule: Counter[tuple[str, bool]] = Counter()
    for path in sorted(text for folder in folders for text in Path(folder).rglob("*.txt")):
        known = read_metadata(companion(path))
        found, findings = detect(read_text(path))
        rules = {finding.field: finding.rule for finding in findings}
        for field in DETECTED:
            wanted, value = getattr(known, field), getattr(found, field)
            if wanted is None:
                continue
            good = value == wanted
            if field == "date":
                good = (value or "")[: len(wanted)] == wanted or found.published == wanted
            given[field] += 1
            right[field] += good
            if field in rules:
                by_rule[f"{field}.{rules[field]}", good] += 1
            if not good:
                print(f"{path.stem}: {field} is {wanted}, found {value}")
    for field, number in given.items():
        print(f"{field:<10} {right[field]}/{number} {right[field] / number:.1%}")
    for rule in sorted({name for name, _ in by_rule}):
        good, bad = by_rule[rule, True], by_rule[rule, False]
        print(f"{rule:<20} {good}/{good + bad} {(good + 1) / (good + bad + 2):.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
