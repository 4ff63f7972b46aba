#!/usr/bin/env bash
# Run the tests with the lowest versions that pyproject.toml allows, in an environment of its own (build/lowest).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python=${PYTHON:-python3.11}
env=build/lowest
$python -m venv --clear $env
$env/bin/python -m pip install --quiet --disable-pip-version-check uv
$env/bin/uv pip compile --quiet --resolution lowest-direct --no-header --no-annotate --extra ner --extra query --extra parquet --extra rules --extra cluster \
    pyproject.toml -o $env/lowest.txt
tools=(pytest hypothesis httpx openpyxl packaging reportlab setuptools wheel build playwright)
$env/bin/python -m pip install --quiet --disable-pip-version-check -r $env/lowest.txt
$env/bin/python -m pip install --quiet --disable-pip-version-check -c $env/lowest.txt "${tools[@]}"
$env/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
$env/bin/python -m pytest -q "$@"
