# gongkai. `make help` lists what there is; everything runs in .venv, which is made when first needed.

PYTHON ?= python3
REPORTS ?=
BIN := .venv/bin
# What is installed, step by step, into one .venv: what a build needs, what tests and checks need besides, Dagster's interface.
STAMP := .venv/.installed
DEV := .venv/.installed-dev
UI := .venv/.installed-ui
DOCS := .venv/.installed-docs
# The extras $(1) on top of what is there, for the stamp $@.
comma := ,
define install
@$(BIN)/python -m pip install --disable-pip-version-check -e '.[$(1)]' -c constraints.txt >.venv/install.log 2>&1 || { \
  tail -n 20 .venv/install.log >&2; echo "The installation failed; all of its messages: .venv/install.log" >&2; exit 1; }
@touch $@
endef

.DEFAULT_GOAL := help
.PHONY: help build test lint types format docs docs-tables ui web benchmark clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'
	@echo "With another Python: make build PYTHON=python3.12. With other reports: make build REPORTS=folder"

build: $(STAMP) ## Build the dataset from the embedded reports (or REPORTS=folder)
	@$(BIN)/gongkai build $(REPORTS)

test: $(DEV) ## Pass the tests
	@# The browser's driver keeps an event loop in its process: its tests have one of their own.
	@$(BIN)/pytest tests/pipelines/site/test_browser.py
	@$(BIN)/pytest -n 2 --ignore=tests/pipelines/site/test_browser.py

lint: $(DEV) ## Check style (ruff)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(DEV) ## Check types (mypy, strict)
	@$(BIN)/mypy

format: $(DEV) ## Format the code (ruff)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(DOCS) ## Build the documentation site into build/docs; a broken link is an error
	@$(BIN)/zensical build --clean --strict
	@! grep -rlE '<(script|img|iframe|source)[^>]* src="?(https?:)?//|<link[^>]* rel="?(stylesheet|preload|preconnect|icon)[^>]*(https?:)?//' \
	  build/docs --include=*.html || { echo "these pages would ask another host for something" >&2; exit 1; }

docs-tables: $(STAMP) ## Write docs/tables/ and docs/review.md again
	@$(BIN)/python -m pipelines.publish.describe.table_pages
	@$(BIN)/python -m pipelines.publish.describe.review_page

ui: $(UI) ## Open Dagster's interface: the graph of assets with their checks
	@$(BIN)/gongkai ui $(REPORTS)

web: ## Build DuckDB for the site's SQL page (optional: needs Node and npm; 35 MB in the workspace)
	@command -v npm >/dev/null || { echo "npm is not installed; the site builds without it, and its SQL page says so" >&2; exit 1; }
	@cd web && npm install --silent --no-package-lock --no-audit --no-fund
	@node web/build.mjs "$${GONGKAI_WORKSPACE:-workspace}/web"
	@echo "built: $${GONGKAI_WORKSPACE:-workspace}/web; the next build of a release takes it up"

.PHONY: architecture
architecture: $(DEV) ## Draw who imports whom: docs/images/architecture.svg
	@$(BIN)/python docs/draw_architecture.py

benchmark: $(DEV) ## Measure reading and parsing of HTML and, where ../shared has reports, PDF
	@$(BIN)/python benchmarks/html_parsing.py
	@! ls ../shared/reports/*.pdf >/dev/null 2>&1 || $(BIN)/python benchmarks/pdf_reading.py

clean: ## Remove .venv and what tools left; workspace/ stays
	rm -rf .venv web/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .cache build gongkai.egg-info
	find . -name __pycache__ -not -path './workspace/*' -prune -exec rm -rf {} +

# Done once, and again when what is to be installed changes. Until it is complete the stamp is not there.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "gongkai needs Python 3.11 or later. $(PYTHON) says: $$($(PYTHON) --version 2>&1 | head -n 1)" >&2; \
	  echo "Name another one: make $(or $(firstword $(MAKECMDGOALS)),build) PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing what a build needs into .venv (once; about a minute) …"
	@rm -f $@
	@$(PYTHON) -m venv --clear .venv || { \
	  echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(call install,ocr)

$(DEV): $(STAMP)
	@echo "Adding what tests and checks need to .venv (once; about a minute) …"
	$(call install,ocr$(comma)ui$(comma)dev)

$(UI): $(STAMP)
	@echo "Adding Dagster's interface to .venv (once) …"
	$(call install,ocr$(comma)ui)

# The site's builder is installed where it is first asked for.
$(DOCS): $(STAMP)
	@echo "Adding the builder of the documentation to .venv (once) …"
	$(call install,ocr$(comma)docs)
