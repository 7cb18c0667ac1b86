# Each target sets up what it needs: a virtual environment in .venv, from the lock file.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UV_VERSION := 0.13.9
export UV_SYSTEM_CERTS := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check tables fix lint types floors migrations words golden shots clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

.venv/ready: pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Touchmark needs Python 3.11 or later: make PYTHON=/path/to/python3.11"; exit 2; }
	@echo "Setting up .venv from the lock file"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv sync --frozen --all-extras --no-extra spark --quiet
	@echo "Compiling the engine's loops for this machine"
	@$(BIN)/python -m touchmark.ops.kernels
	@touch $@

# What the site reads of the translations.
.venv/words: $(wildcard src/touchmark/locale/*/LC_MESSAGES/django.po) .venv/ready
	@$(BIN)/python scripts/compile_words.py
	@touch $@

# A shop that runs beside the tests; and Spark, which weighs half a gigabyte, where there is the Java that it needs.
.venv/tests: .venv/words
	@$(BIN)/uv sync --frozen --all-extras --group shop --quiet \
		$$(command -v java >/dev/null || echo --no-extra spark)
	@touch $@

demo: .venv/words ## Build an invented world on SQLite, screen it, serve it, print sign-in links
	@$(BIN)/touchmark demo $(ARGS)

test: check ## The same as check

check: .venv/tests ## Everything that must be green: fast things first, two at a time, then the tests
	@$(MAKE) --no-print-directory --jobs=2 types tables lint floors migrations
	@scripts/test

tables: .venv/ready
	@$(BIN)/python -m tests.factories.tables

lint: .venv/ready ## Format and lint
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check

types: .venv/ready ## mypy --strict on src/
	@$(BIN)/mypy

floors: .venv/ready ## The import contracts
	@$(BIN)/lint-imports

migrations: .venv/ready ## Django's own checks, and that no model has changed without a migration
	@TOUCHMARK_VAR=var/check DJANGO_SETTINGS_MODULE=touchmark.site.settings $(BIN)/python -m django check
	@TOUCHMARK_VAR=var/check DJANGO_SETTINGS_MODULE=touchmark.site.settings \
		$(BIN)/python -m django makemigrations --check --dry-run

fix: .venv/ready ## Format, and mend what can be mended by itself
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

words: .venv/ready ## Collect the texts to be translated, and compile the translations
	@$(BIN)/python scripts/translate.py

golden: .venv/words ## Renew the golden files; read the difference before you commit it
	@$(BIN)/pytest tests/ops tests/api/test_document.py --renew-golden -q

shots: .venv/words ## Screenshots of the journeys, into var/shots
	@TOUCHMARK_SHOTS=1 $(BIN)/pytest tests/journeys -q

clean: ## Remove the virtual environment and what was tried out
	rm -rf .venv var
