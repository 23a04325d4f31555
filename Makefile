# Everything a newcomer types. `make demo` first, `make test` second; both set themselves up.
# Needs: python3 (3.11 or newer) with venv, and make. Nothing is installed outside .venv, except a browser for the
# page tests where you are root (see .ci/browser).

PYTHON ?= python3
BIN := .venv/bin
# Arguments for pytest, e.g. make test ARGS="tests/connectors -k snappet"
ARGS ?=
# Some machines forbid it; then each of the hundreds of programs that the tests start compiles Kindblad anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test serve lint format bench screenshots migration translations lock

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.ready  ## Set up and open a demo school of 700 children in the browser
	$(BIN)/kindblad demo

# Neighbours stay in one process, for they share a school; who is done takes over from who is not.
test: .venv/.ready-dev  ## Set up and run every test; says what it leaves out without a browser or PostgreSQL
	@.ci/browser
	$(BIN)/python -m pytest --numprocesses=logical --maxprocesses=4 --dist=worksteal $(ARGS)

setup: .venv/.ready  ## Set up only: .venv/bin/kindblad is there then

serve: .venv/.ready  ## Serve the school in KINDBLAD_DATABASE_URL
	$(BIN)/kindblad serve

lint: .venv/.ready-dev  ## Check style, formatting, types and the import rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: .venv/.ready-dev  ## Format the code and repair what ruff can repair
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/.ready-dev  ## Measure imports and pages against floors measured beside them
	$(BIN)/python -m bench

screenshots: .venv/.ready-dev  ## Make the pictures of the README and docs
	$(BIN)/python -m tests.screenshots

migration: .venv/.ready-dev  ## Write the next migration: make migration NAME="guardians get a language"
	$(BIN)/python -m migrations "$(NAME)"
	@$(BIN)/ruff check --quiet --fix migrations/versions && $(BIN)/ruff format --quiet migrations/versions

translations: .venv/.ready-dev  ## Bring new fixed texts of pages for parents into the files of translators
	$(BIN)/pybabel -q extract -F frontend/locale/babel.cfg -k N_ --no-location --sort-output --omit-header \
		-o /tmp/kindblad.pot .
	for language in en tr ar pl; do $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -w 120 \
		-i /tmp/kindblad.pot -d frontend/locale -D kindblad -l $$language; done

lock: export CUSTOM_COMPILE_COMMAND = make lock
lock: .venv/.ready-dev  ## Pin all dependencies anew, from pyproject.toml
	$(BIN)/pip-compile $(LOCK) --build-deps-for=editable --output-file=requirements.lock pyproject.toml
	$(BIN)/pip-compile $(LOCK) --extra=dev --build-deps-for=editable --constraint=requirements.lock \
		--output-file=requirements-dev.lock pyproject.toml

LOCK := --upgrade --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

# The stamps: what is installed is what the lock files say, and only when they changed.
.venv/bin/pip:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Kindblad heeft Python nodig: apt install python3 python3-venv (Python is missing)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Kindblad heeft Python 3.11 of nieuwer nodig en vond $$($(PYTHON) -V);" >&2; \
		echo "noem een andere met: make PYTHON=python3.12 (Python 3.11 or newer needed)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Kindblad heeft venv nodig: apt install python3-venv (the venv module is missing)" >&2; exit 1; }

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/pip
	@echo "Kindblad wordt klaargezet in .venv; dat duurt eenmalig een halve minuut."
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	@echo "Het gereedschap voor ontwikkelen en testen wordt klaargezet."
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@
