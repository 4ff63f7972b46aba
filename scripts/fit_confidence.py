"""Fit the models that come with gongbao: models/confidence.json and its card, from scratch, on annotated texts.

python scripts/fit_confidence.py --told "what the texts are" GOLD_DIR ...
"""

import argparse
from pathlib import Path

from pipeline.training import fit, gather, write_shipped

MODELS = Path(__file__).parent.parent / "models"


def main() -> None:
    """Write the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold_dirs", nargs="+", type=Path)
    parser.add_argument("--told", required=True, help="what the texts are, for the card")
    parser.add_argument("--out", type=Path, default=MODELS)
    given = parser.parse_args()
    fits = {kind: fit(examples) for kind, examples in gather(given.gold_dirs, None).items() if examples}
    write_shipped(fits, given.out, given.told)


if __name__ == "__main__":
    main()
