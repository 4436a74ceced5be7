# Lao ID Workstation: every target does the set-up it needs.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# Tests start hundreds of processes: none should compile the whole program for itself.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo run test bench campaign format lock

setup:  ## system packages through apt-get, .venv from the lock, the command .venv/bin/workstation
	@.ci/system-packages.sh
	@PYTHON='$(PYTHON)' .ci/environment.sh

demo: setup  ## the whole journey of one card, through the real windows
	$(BIN)/workstation demo

run: setup  ## the program
	$(BIN)/workstation

test: setup  ## what must hold before anything is kept
	@# The types keep one core busy; the devices' tests, which measure fractions of a second, have the other.
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target sources devices-tests
	$(BIN)/pytest -q -n 3 --dist worksteal --ignore tests/devices
	$(BIN)/pytest -q -n 2 --dist loadfile --engine postgresql -m 'both_engines and not campaign' tests/workstation

.PHONY: sources devices-tests
sources:
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

devices-tests:
	$(BIN)/pytest -q tests/devices

bench: setup  ## each benchmark prints its table
	@set -e; for file in tests/benchmarks/bench_*.py; do \
	    name=$$(basename "$$file" .py); echo "== $$name"; $(BIN)/python -m "tests.benchmarks.$$name"; \
	done

campaign: setup  ## long runs with many seeds
	$(BIN)/pytest -q -m campaign
	$(BIN)/pytest -q -n 2 --dist loadfile --engine postgresql tests/workstation/workflow tests/workstation/sync

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup  ## resolves pyproject.toml anew; the lock names no registry
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra tpm --extra build --override lock-overrides.txt --generate-hashes \
	    --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header \
	    --quiet --output-file requirements.lock
