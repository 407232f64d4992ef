# Everything a person runs. `make run` and `make test` are enough; both set up what they need.
PYTHON ?= python3
BIN := .venv/bin
WEB := src/motbuoc/interfaces/web
VENDOR := $(WEB)/static/vendor
PORT ?= 8000
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: run setup setup-dev tools check test bench accuracy demo lock clean

run: setup demo  ## set up, load the demo on the first run, serve
	MOTBUOC_DEMO=true motbuoc serve --port $(PORT)

demo: setup
	@MOTBUOC_DEMO=true python -m demo --if-empty

setup: var/.base $(VENDOR)/.done src/motbuoc/locale/vi/LC_MESSAGES/django.mo var/.static  ## all that running needs
	@motbuoc migrate --verbosity 0

setup-dev: var/.dev setup  ## all that checking and testing need, the browser aside

var/.venv:
	@mkdir -p var
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv .venv
	@touch $@

var/.base: requirements/base.txt pyproject.toml | var/.venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

var/.dev: requirements/dev.txt var/.base
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.package-lock.json: package-lock.json
	npm ci --silent
	@touch $@

$(VENDOR)/.done: node_modules/.package-lock.json scripts/vendor.py
	$(BIN)/python scripts/vendor.py
	@touch $@

%.mo: %.po var/.base
	$(BIN)/pybabel --quiet compile -i $< -o $@

var/.static: $(VENDOR)/.done var/.base $(shell find $(WEB)/static -type f -not -path '*/vendor/*' 2>/dev/null)
	@motbuoc collectstatic --no-input --verbosity 0
	@touch $@

tools: var/.dev
	@$(BIN)/python scripts/tools.py

check: setup-dev  ## style, types, import contracts, templates, migrations
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	djlint $(WEB)/templates --lint --quiet
	motbuoc makemigrations --check --dry-run
	motbuoc check --fail-level WARNING

test: setup-dev tools  ## every test: on SQLite, in a browser, and on PostgreSQL where one answers
	python scripts/run_tests.py

bench: setup-dev  ## every benchmark, or ONLY=name
	python -m benchmarks $(ONLY)

accuracy: setup-dev  ## how much of the labelled real documents is read right, with every miss
	python -m benchmarks accuracy

lock: | var/.venv  ## renew the locked requirements and the npm lock
	$(BIN)/pip install --quiet uv
	uv pip compile -q --upgrade --universal --generate-hashes --no-header --no-annotate --group build pyproject.toml -o requirements/base.txt
	uv pip compile -q --upgrade --universal --generate-hashes --no-header --no-annotate --group build --group dev -c requirements/base.txt pyproject.toml -o requirements/dev.txt
	npm install --silent && $(BIN)/python scripts/vendor.py --strip-lock

clean:  ## remove everything that was set up; the data in var/ goes too
	rm -rf .venv node_modules var $(VENDOR)
