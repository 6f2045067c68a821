# make run   ambiente, archivio di esempio, app su 127.0.0.1:8501        make test   lo stesso, poi tutte le prove
# make test-engines  le prove dell'archivio, delle bozze e delle pagine su PostgreSQL e un server Chroma, avviati da loro
# make lint  stile e tipi       make bench  misure di velocità            make screens  immagini delle pagine
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test test-engines lint bench screens lock audit clean debian

run: $(VENV)/.run
	$(BIN)/piao serve --sample

test: $(VENV)/.dev debian
	$(BIN)/python -m pytest -n auto -m "not browser"
	$(BIN)/python -m pytest -m browser

test-engines: $(VENV)/.dev
	PIAO_TEST_ENGINES=server $(BIN)/python -m pytest -n auto tests/store tests/ui

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

screens: $(VENV)/.dev debian
	$(BIN)/python -m docs.screens

$(VENV)/bin/uv: uv.lock.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --require-hashes -r uv.lock.txt
	touch $@

$(VENV)/.run: $(VENV)/bin/uv requirements.lock pyproject.toml
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.lock
	touch $@

debian:
	@sh tests/debian.sh
	@sh tests/axe.sh

lock: $(VENV)/bin/uv
	$(BIN)/uv pip compile -q pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements-dev.lock
	$(BIN)/uv pip compile -q pyproject.toml -c requirements-dev.lock --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements.lock

audit: $(VENV)/bin/uv   # vulnerabilità note nelle versioni bloccate, dove si raggiunge l'elenco pubblico
	$(BIN)/uv tool run pip-audit --disable-pip --require-hashes -r requirements.lock

clean:
	rm -rf $(VENV) build *.egg-info
