# Everything runs in an environment of its own, made from pyproject.toml and constraints.txt.
# All it needs is make and Python 3.11 or newer. `make` alone lists the targets.
#
#   make test VENV=.venv313 PYTHON=python3.13    another environment, another Python
#   make test JOBS=4 ARGS="tests/cli -x"         more processes, other arguments for pytest
#   make test EXTRAS=dev,ftm                     with FollowTheMoney (needs ICU's headers and a C++ compiler)

VENV ?= .venv
EXTRAS ?= dev
JOBS ?= 2
ARGS ?=
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)

BIN := $(VENV)/bin
PIP := "$(BIN)/python" -m pip --disable-pip-version-check
# What is installed is known by the content of these files, so that a change of either installs anew.
KEY := $(shell cat pyproject.toml constraints.txt | cksum | cut -d ' ' -f 1)
INSTALLED := $(VENV)/.installed-$(KEY)
INSTALLED_DEV := $(VENV)/.installed-$(EXTRAS)-$(KEY)
STAMP = find "$(VENV)" -maxdepth 1 -name '.installed*' ! -name '*-$(KEY)' -exec rm -f {} + && touch "$@"
ROOMS := seeds graph exports cli training
GEPHI := build/gephi/gephi-toolkit.jar
GRAPHOLOGY := build/graphology/node_modules
GEPHI_WHEEL := forceatlas2-python==1.1
GRAPHOLOGY_PACKAGES := graphology@0.26 graphology-graphml@0.5 graphology-gexf@0.13 @xmldom/xmldom@0.9
# Each measures and prints; draw_gephi draws a picture and is run by hand.
BENCHMARKS := $(filter-out benchmarks/draw_gephi.py,$(sort $(wildcard benchmarks/*.py)))

.DEFAULT_GOAL := help
.PHONY: help demo install install-dev test lint types format train evaluate bench test-gephi test-graphology \
	constraints clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):[^#]*## */\1|/' | \
		while IFS='|' read -r name text; do printf '%-16s %s\n' "$$name" "$$text"; done

demo: install  ## build the graph of the sample corpus, write out/graph.html and .graphml, show 第十二师
	@mkdir -p out
	@"$(BIN)/python" -m bingdi.training.demo > out/corpus.jsonl
	"$(BIN)/bingdi" build out/corpus.jsonl --store out/demo.db --html out/graph.html --graphml out/graph.graphml
	"$(BIN)/bingdi" neighbours 第十二师 --store out/demo.db

test: install-dev  ## run every test
	BINGDI_NODE_MODULES="$${BINGDI_NODE_MODULES:-$(CURDIR)/$(GRAPHOLOGY)}" \
		"$(BIN)/pytest" -n $(JOBS) --dist loadfile -rfEs $(ARGS)

lint: install-dev  ## check style and formatting
	"$(BIN)/ruff" check .
	"$(BIN)/ruff" format --check .

types: install-dev .types  ## check types, strictly
	MYPYPATH=.types "$(BIN)/mypy" $(patsubst %,-p bingdi.%,$(ROOMS))

format: install-dev  ## put the code in its format
	"$(BIN)/ruff" format .

train: install-dev  ## fit the models of seeds/models to seeds/corpus
	"$(BIN)/bingdi" train seeds/corpus --out seeds/models

evaluate: install-dev  ## cross-validate over seeds/corpus
	"$(BIN)/python" -m bingdi.training.evaluate $(ARGS)

bench: install-dev  ## measure speed and memory (minutes)
	@set -e; for each in $(BENCHMARKS); do echo "== $$each"; "$(BIN)/python" "$$each"; done

test-gephi: install-dev $(GEPHI)  ## read and draw exports with Gephi's own importer (needs a JDK)
	@command -v javac > /dev/null || { echo "make test-gephi needs java and javac (a JDK, 11 or newer)" >&2; exit 1; }
	"$(BIN)/pytest" -m gephi -rs tests/exports/test_gephi.py $(ARGS)

test-graphology: install-dev $(GRAPHOLOGY)  ## read exports with the parsers of Gephi Lite (needs node and npm)
	BINGDI_NODE_MODULES="$(CURDIR)/$(GRAPHOLOGY)" "$(BIN)/pytest" -rs tests/exports/test_graphology.py $(ARGS)

constraints:  ## write constraints.txt anew: the newest versions that fit pyproject.toml
	rm -rf build/constraints
	"$(PYTHON)" -m venv build/constraints
	build/constraints/bin/python -m pip --disable-pip-version-check install -qq -e '.[dev,ftm]'
	{ echo "# Exact versions of everything that bingdi[dev,ftm] brings; written by make constraints."; \
		build/constraints/bin/python -m pip --disable-pip-version-check list --format=freeze --exclude-editable \
		--exclude pip | tr 'A-Z_' 'a-z-' | LC_ALL=C sort; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean:  ## remove what was made here, except the environment
	rm -rf out build dist .types bingdi.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(ROOMS) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# The development environment can do all that the plain one can.
install: $(firstword $(wildcard $(VENV)/.installed*-$(KEY)) $(INSTALLED))

install-dev: $(INSTALLED_DEV)

$(INSTALLED): | $(BIN)/python
	@echo "installing bingdi into $(VENV) (some minutes the first time)" >&2
	@$(PIP) install -qq -c constraints.txt -e .
	@$(STAMP)

$(INSTALLED_DEV): | $(BIN)/python
	@echo "installing bingdi[$(EXTRAS)] into $(VENV) (some minutes the first time)" >&2
	@$(PIP) install -qq -c constraints.txt -e '.[$(EXTRAS)]'
	@$(STAMP)

# A half-made environment is marked as not made; an environment made anew has nothing installed.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "no Python 3.11 or newer was found; name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -m venv "$(VENV)" || { rm -f "$(BIN)/python"; \
		echo "$(PYTHON) cannot make an environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@rm -f "$(VENV)"/.installed*

# mypy does not follow the editable install's mapping of rooms to packages.
.PHONY: .types
.types:
	@mkdir -p .types/bingdi
	@for room in $(ROOMS); do ln -sfn "../../$$room" ".types/bingdi/$$room"; done

$(GEPHI): | $(INSTALLED_DEV)
	@mkdir -p build/gephi
	$(PIP) download --quiet --no-deps -d build/gephi '$(GEPHI_WHEEL)'
	"$(BIN)/python" -m zipfile -e build/gephi/forceatlas2_python-*.whl build/gephi
	mv "$$(find build/gephi -name 'gephi-toolkit-*-all.jar' | head -n 1)" "$@"

$(GRAPHOLOGY):
	@mkdir -p build/graphology
	npm install --silent --no-fund --no-audit --no-save --prefix build/graphology $(GRAPHOLOGY_PACKAGES)
