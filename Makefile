# One entry point, the same here and in CI. Everything lives in .venv, made when first needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check fix docs cover fuzz audit pins prove mutations phrases figures showcase bench clean

$(VENV)/.installed: constraints.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Limber needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: $(VENV)/.installed  ## start Limber: Telegram when a token is set, else the terminal
	@$(BIN)/limber

test: $(VENV)/.installed  ## all tests, on two cores; the slow ones come first
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

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

# Tools that look at the pins are not pinned themselves: the newest knows the most.
TOOLS := .tools
$(TOOLS)/.installed:
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check pip-audit pip-tools
	touch $@

audit: $(TOOLS)/.installed  ## known holes in what is installed (asks the advisory database)
	$(TOOLS)/bin/pip-audit --disable-pip --require-hashes -r constraints.txt

PIN := $(TOOLS)/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host
pins: $(TOOLS)/.installed  ## pin the newest of everything: constraints.txt, and what an image needs of it
	$(PIN) --extra dev --output-file constraints.txt pyproject.toml
	$(PIN) --extra build --constraint constraints.txt --output-file deploy/constraints.txt pyproject.toml

bench: $(VENV)/.installed  ## the promises of speed and memory, measured; a quarter of an hour
	$(BIN)/python -m tests.bench

soak: $(VENV)/.installed  ## people, faults and kill -9 at 200 random moments; ten minutes at most
	$(BIN)/python -m tests.soak

fuzz: $(VENV)/.installed  ## odd updates and forged buttons, for two minutes
	$(BIN)/python -m tests.fuzz 120

figures: $(VENV)/.installed  ## the contact sheet of all figures, docs/figures.png
	$(BIN)/python -m bot.render.figures --sheet docs/figures.png

showcase: $(VENV)/.installed  ## the pictures of README.md, from real output: docs/{chart,page,card}.png, terminal.svg
	$(BIN)/python -m tests.showcase docs

docs: $(VENV)/.installed  ## diagrams in flows/README.md, from the machines
	$(BIN)/python -m flows.diagram

clean:
	rm -rf $(VENV) $(TOOLS) build .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
