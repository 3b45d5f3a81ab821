# Miyar: what can be done with this checkout. A step that is done leaves a stamp and is not done again.
.DEFAULT_GOAL := help
.PHONY: help run setup setup-test test test-thorough check bench translations constraints clean system system-test

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --use-pep517 --constraint constraints.txt
PYBABEL := $(PYTHON) -m babel.messages.frontend
CATALOGS := $(wildcard inspect_app/translations/*/LC_MESSAGES/*.po)
BUILD := inspect_app/static/build/.stamp
# folders are listed too: their date changes when a file in them is deleted
FRONTEND := $(shell find inspect_app/frontend) $(wildcard vite.config.* tsconfig*.json)

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

run: setup ## start Miyar on http://127.0.0.1:8000 with demonstration data (PORT=…, DATABASE_URL=…)
	@bin/run

test: setup-test ## everything we promise: style, types, contracts, front end, SQLite, PostgreSQL, browser
	@bin/test

test-thorough: setup .venv/.thorough ## the scoring: 10,000 cases of every property, then broken on purpose; the tablets: 100,000 operations (two hours)
	@bin/test-thorough

check: .venv/.test ## style, types and import contracts only
	@bin/test style types contracts

bench: setup-test ## measure speed and size
	@bin/bench

setup: .venv/.run $(BUILD) $(CATALOGS:.po=.mo) ## install what running needs, build the front end

setup-test: system-test setup .venv/.test ## install what testing needs, too

translations: .venv/.run ## collect the sentences of the code into the catalogs, then compile them
	$(PYBABEL) --quiet extract --mapping-file=pyproject.toml --keyword=lazy_gettext --keyword=_l --sort-by-file --no-location \
	  --project=Miyar --output-file=.venv/messages.pot .
	$(PYBABEL) --quiet update --input-file=.venv/messages.pot --output-dir=inspect_app/translations --no-fuzzy-matching
	@$(MAKE) --no-print-directory setup

constraints: .venv/.test ## pin the installed versions in constraints.txt
	@sed -n '/^#/p' constraints.txt >.venv/constraints.txt
	@$(PYTHON) -m pip freeze --exclude-editable | grep -v -e '^nodejs' >>.venv/constraints.txt
	@mv .venv/constraints.txt constraints.txt

clean: ## remove what was built and installed here; instance/ (the data) stays
	rm -rf .venv node_modules inspect_app/static/build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf .import_linter_cache
	find inspect_app reports migrations tests -name __pycache__ -prune -exec rm -rf {} +
	rm -f $(CATALOGS:.po=.mo)

system:
	@bin/system run

system-test:
	@bin/system test

$(PYTHON): | system
	@echo "Miyar: making the virtual environment .venv"
	@"$$(bin/python)" -m venv --clear .venv

.venv/.run: pyproject.toml constraints.txt | $(PYTHON)
	@echo "Miyar: installing Python packages"
	@$(PIP) --editable .
	@touch $@

.venv/.test: pyproject.toml constraints.txt | .venv/.run
	@echo "Miyar: installing Python packages for the tests"
	@$(PIP) --editable '.[dev]'
	@touch $@

.venv/.thorough: pyproject.toml constraints.txt | .venv/.test
	@echo "Miyar: installing Python packages for the thorough tests"
	@$(PIP) --editable '.[dev,thorough]'
	@touch $@

node_modules/.stamp: package.json package-lock.json .npmrc | $(PYTHON)
	@echo "Miyar: installing front-end packages"
	@bin/node npm ci --no-progress --loglevel=error
	@touch $@

$(BUILD): node_modules/.stamp $(FRONTEND)
	@echo "Miyar: building the front end"
	@bin/node npm run --silent build
	@touch $@

%.mo: %.po | .venv/.run
	@$(PYBABEL) --quiet compile --input-file=$< --output-file=$@
