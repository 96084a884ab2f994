# Lotline's few commands. Each sets up what it needs; run them from this folder.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/set-up
ARGS ?=

.PHONY: up test setup bench lint lock

setup: $(STAMP)

# The stamp is written last, so a set-up that was cut off is done again.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Lotline needs Python 3.11 or newer; say which: make PYTHON=python3.12 setup")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }
	@echo "Setting up (a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $(STAMP)

up: $(STAMP)
	@exec $(BIN)/lotline up $(ARGS)

test: $(STAMP)
	@$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

bench: $(STAMP)
	@$(BIN)/python -m pytest tests/benchmarks -q -s $(ARGS)

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-logo --no-cache
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright -p pyproject.toml

# Needs `uv` on the path; the lock file names no registry.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	    --no-header --no-annotate --extra dev \
	    pyproject.toml -o requirements.lock
