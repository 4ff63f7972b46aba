# `make run` and `make test` need nothing but Python 3.11 and make; what they need they install into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
GOLD ?= $(firstword $(wildcard ../shared/gold/dev) tests/gold)

.PHONY: help setup run test lint check eval quality golden bench regress clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(READY)  ## make .venv with everything in it

# Again only when the dependencies have changed.
$(READY): pyproject.toml constraints.txt tests/s3.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "gongbao needs Python 3.11 or later; this is " + sys.version)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[ner,cluster,dev]'
	rm -rf $(VENV)/s3
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --target $(VENV)/s3 -r tests/s3.txt
	@touch $@

run: setup  ## process the corpus and say where the report is
	$(BIN)/gongbao run

test: setup  ## run the tests
	$(BIN)/python -m pytest -q

lint: setup  ## format check, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test  ## all that must pass before a change lands

eval: setup  ## measure on annotated texts (GOLD=folder)
	$(BIN)/gongbao eval $(GOLD)

quality: setup  ## scores, calibration and speed beside those kept and those of the last release; fails where one is worse
	$(BIN)/python -m scripts.quality

golden: setup  ## write anew what the code determines (golden files, outputs in the docs, figures); review the diff
	$(BIN)/python -m pytest -q tests/test_golden.py tests/test_docs.py tests/test_claims.py tests/test_quality.py --golden

bench: setup  ## speeds by stage and beside other libraries, on a folder of texts (TEXTS=folder); writes docs/benchmarks.md
	test -x build/others/bin/python || $(PYTHON) -m venv build/others
	build/others/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/others.txt
	$(BIN)/python -m benchmarks --others build/others/bin/python --write $(or $(TEXTS),corpus)

regress: setup  ## whether the checkout is slower than a revision (AGAINST=revision)
	$(BIN)/python -m benchmarks.regression $(or $(AGAINST),HEAD)

clean:  ## remove the environment and everything that was made
	rm -rf $(VENV) build dist *.egg-info outputs/* outputs/.results.sqlite3* .mypy_cache .ruff_cache .pytest_cache .hypothesis
