# Two commands: `make run` and `make test`. `make help` lists the rest.

PYTHON ?= python3
STORE := store
PORT ?= 7860
CORPUS ?=
# A user's own `pip` settings decide where packages come from; a CPU wheel of torch that pip can see wins over the
# larger default build, since `2.13.0+cpu` is newer than `2.13.0` to pip.
PIP = .venv/bin/python -m pip --disable-pip-version-check
READY = .venv/.ready
# A user's own store, in a shared database perhaps, is none of the gate's.
ALONE = env $(foreach one,CATALOGUE CHROMA EMBEDDING_MODEL EMBEDDING_BACKEND READER RERANKER STORE,-u ASSISTANT_$(one))

.PHONY: help run test check gate lint types format install clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(READY)  ## serve the chat on http://127.0.0.1:7860; CORPUS=path for your own documents, PORT=, STORE=
ifneq ($(strip $(CORPUS)),)
	@.venv/bin/python -m index build "$(CORPUS)" --store "$(STORE)" --lenient
endif
	@.venv/bin/python app.py --store "$(STORE)" --port $(PORT) --first corpus/sample

test: $(READY)  ## run the tests
	.venv/bin/python -m pytest

gate: $(READY)  ## ask the shipped sets of a new store over the sample, and check claims; fail below their floors
	@rm -rf build/gate
	@$(ALONE) .venv/bin/python -m index build corpus/sample --store build/gate/store
	@$(ALONE) .venv/bin/python -m eval run --store build/gate/store --floors eval/floors.toml --out build/gate/sample
	@$(ALONE) .venv/bin/python -m eval run --store build/gate/store --floors eval/floors.toml --out build/gate/paraphrases \
	  --qa eval/sample-paraphrases.jsonl
	@.venv/bin/python -m eval claims --fail-under figures-and-names=1 --fail-under other=0.85 --fail-under kept=0.5

check: lint types test gate  ## what CI runs: format, lint, types, tests, the floors of the shipped sets

lint: $(READY)  ## formatting and lint
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .

types: $(READY)  ## strict types
	.venv/bin/mypy

format: $(READY)  ## rewrite files as lint wants them
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

install: $(READY)  ## make the environment and stop

# torch goes first, so that nothing else can ask for another build of it.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one with: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "installing into .venv; the first time this takes a few minutes"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@$(PIP) install --quiet --constraint constraints.txt torch==2.13.0
	@echo "torch is there; now the rest"
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

clean:  ## remove the environment and the store
	rm -rf .venv "$(STORE)"/catalogue.sqlite* "$(STORE)/chroma" "$(STORE)/matrix" "$(STORE)/words" "$(STORE)/views.json" "$(STORE)/findings.json" "$(STORE)/chroma.open" "$(STORE)"/*.lock*
	-@rmdir "$(STORE)" 2>/dev/null || true
