# One entry point, the same here and in CI. Everything lives in .venv, made when first needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check fix docs cover prove mutations phrases figures clean

$(VENV)/.installed: constraints.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Limber needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: $(VENV)/.installed  ## start Limber: Telegram when a token is set, else the terminal
	@$(BIN)/limber

test: $(VENV)/.installed  ## all tests, on two cores
	$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/.installed  ## style, types, import contracts, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/limber content check

fix: $(VENV)/.installed  ## mend what can be mended by machine
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

cover: $(VENV)/.installed  ## tests with coverage
	$(BIN)/pytest --cov --cov-report=term-missing:skip-covered

prove: $(VENV)/.installed  ## prove the content over the whole answer space, write the certificate
	$(BIN)/limber content prove

mutations: $(VENV)/.installed  ## break the content on purpose: each break must be caught
	$(BIN)/python -m tests.mutations

phrases: $(VENV)/.installed  ## how well danger in free text is found, by language and concept
	$(BIN)/python -m tests.danger.report

figures: $(VENV)/.installed  ## the contact sheet of all figures, docs/figures.png
	$(BIN)/python -m bot.render.figures --sheet docs/figures.png

docs: $(VENV)/.installed  ## diagrams in flows/README.md, from the machines
	$(BIN)/python -m flows.diagram

clean:
	rm -rf $(VENV) build .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
