# `make` alone lists the targets.

PYTHON ?= python3
PORT ?= 8000
MINUTES ?= 20
REPEATS ?= 5
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes \
	--python-version 3.11 --custom-compile-command "make lock"

# An environment belongs to its folder: scripts in it name the folder's path.
OTHER_FOLDER := $(shell [ "$$(cat .venv/.folder 2>/dev/null)" = "$$(pwd -P)" ] || echo FORCE)

.PHONY: help book test search check serve strip audit bench lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

book: .venv/.ready ## build the book into site/; OPTIONS=--no-pdf leaves the PDF out
	@$(BIN)/clashbook build $(OPTIONS)

test: .venv/.tested ## run all tests
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

search: .venv/.tested ## look for examples that break a property test, round after round; MINUTES=20
	@end=$$(($$(date +%s) + 60 * $(MINUTES))); status=0; \
	while [ $$(date +%s) -lt $$end ]; do \
		$(BIN)/python -m pytest --quiet -m hypothesis --hypothesis-profile search \
			--numprocesses auto $$(grep -l '^@every' tests/test_*.py) || status=1; \
	done; exit $$status

check: .venv/.ready ## check the data, the settings, the notebooks and the prose of every edition
	@$(BIN)/clashbook check --editions

serve: .venv/.ready ## serve site/ to a browser on this machine; PORT=8000
	@$(BIN)/clashbook serve --port $(PORT)

strip: .venv/.ready ## take saved outputs out of the notebooks
	@$(BIN)/python -c 'from clashbook.pipeline import notebooks; notebooks.strip("notebooks")'

audit: .venv/.ready tests/audit/node_modules/.ready ## print Lighthouse's scores of site/; needs node
	@$(BIN)/python tests/audit/audit.py

bench: .venv/.ready ## time the build beside the same by hand; half an hour of a quiet machine; REPEATS=5
	@$(BIN)/python tests/bench/bench.py --repeats $(REPEATS)

lock: .venv/.tested ## renew requirements.txt and requirements-test.txt from pyproject.toml
	$(COMPILE) pyproject.toml --group build --output-file requirements.txt
	$(COMPILE) --group test --constraint requirements.txt --output-file requirements-test.txt

clean: ## remove what was built: site/, .build/, caches; .venv stays
	@if [ -f site/.clashbook ]; then rm -rf site; fi
	@rm -rf .build .site.new .site.old .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@rm -rf clashbook.egg-info
	@find clashbook tests notebooks -name __pycache__ -type d -prune -exec rm -rf {} +
	@find notebooks -name .ipynb_checkpoints -type d -prune -exec rm -rf {} +

tests/audit/node_modules/.ready: tests/audit/package-lock.json
	@echo 'installing tests/audit/package-lock.json'
	@npm ci --prefix tests/audit --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

FORCE:

# Made anew where it was copied or moved with the project, or is half made. A whole one that does not
# say its folder is taken over as it is.
.venv/.folder: $(OTHER_FOLDER)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or later is needed: make PYTHON=python3.12 …' >&2; exit 1; }
	@if [ -e $@ ] || [ ! -e .venv/.ready ]; then \
		echo 'making .venv'; rm -rf .venv; $(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo 'No virtual environment: install python3-venv' >&2; exit 1; }; fi
	@pwd -P > $@
	@if [ -e .venv/.ready ]; then touch -r .venv/.locked $@; fi

.venv/.locked: requirements.txt .venv/.folder
	@echo 'installing requirements.txt'
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

.venv/.ready: pyproject.toml .venv/.locked
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.tested: requirements-test.txt .venv/.ready
	@echo 'installing requirements-test.txt'
	@$(PIP) install --require-hashes --requirement requirements-test.txt
	@touch $@
