# Two commands for a fresh machine that has Python 3.11 or newer and make:
#   make demo   set up, build the graph of data/samples, name the page to open
#   make test   set up, then style, types and every test

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The newest usable interpreter; `make PYTHON=… demo` chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$name; break; fi; done)
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= 2

.PHONY: help demo test style types browser java bench clean

help:
	@echo "make demo   set up and build the sample graph (out/demo)"
	@echo "make test   set up and run style, types and tests"
	@echo "make bench  measure speed, exports, explorer and scale"
	@echo "make clean  remove what these commands made"

demo: $(VENV)/.run
	@$(BIN)/kg build data/samples -o out/demo

# A file of tests stays in one process: its browser, store or cluster is started once.
test: $(VENV)/.test browser java style types
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

style: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

browser: $(VENV)/.test
	@bash scripts/browser.sh

java:
	@bash scripts/java.sh

# Each prints its table and writes its section of bench/RESULTS.md.
bench: $(VENV)/.test browser
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.rdf
	$(BIN)/python -m bench.workers
	$(BIN)/python -m bench.explorer --write
	$(BIN)/python -m bench.scale

# A stamp file a group, so that make reinstalls only when the list of dependencies changes.
$(VENV)/.run: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; none was found." >&2; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# pip reads [dependency-groups] from version 25.1 on.
$(VENV)/.test: $(VENV)/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	@touch $@

clean:
	rm -rf $(VENV) out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
