"""How good gongbao is now: scores, calibration and speed beside those kept here and those of the last release.

python -m scripts.quality [--release]

Scores and calibration are those on the annotated texts of the corpus, and on ``../shared/gold/dev`` if it is there.
Exits with 1 where one of them is worse than the kept one (tests/quality.json; `make golden` raises those). Speed is
said as a ratio to jieba.posseg on the same texts in the same run, so that it means the same on any machine; it is
shown, and not judged. `--release` writes the figures to tests/released.json.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline import __version__
from pipeline.document import Document
from pipeline.evaluation import evaluate, judge
from pipeline.reading import read_document
from pipeline.settings import Settings
from pipeline.stages import process
from pipeline.writing import RECORD_KINDS, pretty, write_file

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "quality.json"
RELEASED = ROOT / "tests" / "released.json"
SHARED = ROOT.parent / "shared" / "gold" / "dev"
#: Figures of which less is better, and how much they may move, since each new record moves them.
ERRORS = "Brier"
ALLOWED = 0.01
ROUNDS = 5

Figures = dict[str, float]


def figures(gold: Path) -> Figures:
    """Return the F1 of each kind by the loose and by the strict count, that of members, and the Brier scores."""
    found: Figures = {}
    for score in evaluate(gold, None, Settings()):
        loose, strict = score.names
        found[f"{score.kind} {loose}"] = score.found.f1
        found[f"{score.kind} {strict}"] = score.whole.f1
        if score.members is not None:
            found[f"{score.kind} members"] = score.members.f1
    for kind, errors in squared_errors(gold).items():
        found[f"{kind} Brier"] = round(sum(errors) / len(errors), 4)
    return found


def squared_errors(gold: Path) -> dict[str, list[float]]:
    """Return, for each record that the annotations judge, the square of how far its confidence is from the truth."""
    errors: dict[str, list[float]] = {}
    for path in sorted(gold.glob("*.txt")):
        doc = process(read_document(path, path.stem))
        for kind in RECORD_KINDS:
            annotations = gold / f"{path.stem}.{kind}.gold.jsonl"
            if annotations.is_file():
                errors.setdefault(kind, []).extend(
                    (record.confidence - right) ** 2 for record, right in judge(kind, annotations, doc)
                )
    return errors


def worse(now: Figures, kept: Figures) -> dict[str, tuple[float, float]]:
    """Return what is worse now than it was kept, or no longer there: now and kept."""
    found = {}
    for name, least in kept.items():
        value = now.get(name, float("nan"))
        better = value <= least + ALLOWED if name.endswith(ERRORS) else value >= least
        if not better:
            found[name] = (value, least)
    return found


def corpus_gold(folder: Path) -> Path:
    """Return `folder` with the texts of the corpus and their annotations, as `gongbao eval` wants them."""
    folder.mkdir(exist_ok=True)
    for path in [*ROOT.glob("corpus/*/*.txt"), *ROOT.glob("corpus/*/*.meta.json"), *ROOT.glob("tests/gold/*")]:
        shutil.copyfile(path, folder / path.name)
    return folder


def speeds() -> Figures:
    """Return how many times as fast as jieba.posseg all stages are on the texts of the corpus, the best of each."""
    import jieba.posseg

    jieba.setLogLevel("WARNING")
    texts = [path.read_text("utf-8") for path in sorted(ROOT.glob("corpus/*/*.txt"))]
    runs = {
        "jieba.posseg": lambda: [list(jieba.posseg.cut(text)) for text in texts],
        "all stages": lambda: [process(Document(text)) for text in texts],
    }
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for round_ in range(ROUNDS + 1):
        for name, run in runs.items():
            began = time.process_time()
            run()
            if round_:  # the first loads dictionaries
                seconds[name].append(time.process_time() - began)
    return {"speed, jieba.posseg = 1": round(min(seconds["jieba.posseg"]) / min(seconds["all stages"]), 2)}


def rows(now: dict[str, Figures], kept: dict[str, Figures], released: dict[str, Figures]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'':34}{'now':>9}{'kept':>9}{'released':>10}"
    for place, found in now.items():
        fallen = worse(found, kept.get(place, {}))
        for name, value in found.items():
            others = (kept.get(place, {}).get(name), released.get(place, {}).get(name))
            cells = "".join(
                f"{'–' if other is None else f'{other:.4g}':>{width}}"
                for other, width in zip(others, (9, 10), strict=True)
            )
            yield f"{place:9}{name:25}{value:9.4g}{cells}{'   worse' if name in fallen else ''}"


def main() -> None:
    """Measure and print; exits with 1 where a figure is worse than the kept one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--release", action="store_true", help="write the figures to tests/released.json")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        now = {"corpus": figures(corpus_gold(Path(folder)))}
    if SHARED.is_dir():
        now["shared"] = figures(SHARED)
    kept = json.loads(KEPT.read_bytes())
    released = json.loads(RELEASED.read_bytes()) if RELEASED.is_file() else {"version": "none", "figures": {}}
    told = {**now, "any": speeds()}
    print(f"gongbao {__version__}; last released: {released['version']}")
    print("\n".join(rows(told, kept, released["figures"])))
    if arguments.release:
        write_file(RELEASED, pretty({"version": __version__, "figures": told}))
    if any(worse(found, kept.get(place, {})) for place, found in now.items()):
        sys.exit(1)


if __name__ == "__main__":
    main()
