# Two commands: `make run` and `make test`. `make help` lists the rest.

PORT ?= 8000
BIN := .venv/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && { echo $$p; break; }; done)
TESTS ?= tests
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check format css schema bench clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

run: .venv/.local ## Start everything on http://127.0.0.1:8000 (PORT=8123 for another port)
	@exec $(BIN)/python -m config.supervisor --port "$(PORT)"

test: .venv/.dev node_modules/.installed ## Run every test that can run here (REAL_INPUT=folder adds real files)
	@exec $(BIN)/pytest -n $(WORKERS) --maxschedchunk 2 $(TESTS)

check: .venv/.dev ## Style, types, imports, migrations, deployment settings
	@exec $(BIN)/python -m config.shared test $(BIN)/python -m tests.checks

format: .venv/.dev ## Put code and templates in shape
	@$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format . ; find templates -name '*.html' -print0 | xargs -0 $(BIN)/djade --target-version 5.2

css: .venv/.dev ## Join the style sheets into static/css/site.css
	@$(BIN)/python manage.py build_css

schema: .venv/.dev ## Write docs/openapi.yaml and docs/states.md from the code
	@exec $(BIN)/python -m config.shared test $(BIN)/python manage.py spectacular --file docs/openapi.yaml
	@exec $(BIN)/python -m config.shared test $(BIN)/python manage.py draw_states

bench: .venv/.dev ## Measure (figures under build/bench/)
	@exec $(BIN)/python -m config.shared bench $(BIN)/python manage.py bench

clean: ## Remove what the tools left; the data in .local/ stays
	rm -rf build staticfiles .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (set PYTHON=/path/to/python3)."; exit 1; }
	@echo "Making .venv with $(PYTHON) …"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Could not make .venv; on Debian: apt-get install python3-venv"; exit 1; }

.venv/.local: .venv/bin/python requirements.txt requirements-local.txt
	@echo "Installing what it needs (once; about a minute) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-local.txt
	@touch $@

.venv/.dev: .venv/bin/python requirements.txt requirements-local.txt requirements-dev.txt
	@echo "Installing what the tests need (once; about a minute) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch .venv/.local $@

# Checks pages for accessibility; where it cannot be had, those tests say so and are left out.
node_modules/.installed: package.json package-lock.json | .venv/.dev
	@if command -v npm >/dev/null; then \
		echo "Installing axe-core, which checks the pages (once) …"; \
		npm ci --silent --no-audit --no-fund --ignore-scripts && touch $@ || \
			echo "axe-core could not be installed; pages are not checked by it."; \
	fi
