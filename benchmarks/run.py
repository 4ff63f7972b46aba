"""Seconds by stage and peak memory of a whole run, in a process of its own.

usage: run.py [PATH ...]        (the corpus, if none)
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Run over the texts that the command line names and print a table."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "cli", "run", "--quiet", "--out", out, *sys.argv[1:]]
        subprocess.run(command, check=True)
        manifest = json.loads((Path(out) / "run.json").read_bytes())
    characters = manifest["counts"]["characters"]
    print(f"{manifest['counts']['documents']} documents, {characters:,} characters")
    for name, seconds in manifest["seconds"].items():
        rate = f"{characters / seconds:>14,.0f} characters/s" if seconds else ""
        print(f"{name:12}{seconds:>9.2f} s{rate}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory':12}{peak:>9.0f} MB")


if __name__ == "__main__":
    main()
