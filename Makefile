# Everything a developer runs here. `make help` prints the comments behind the targets.

PYTHON ?= python3
VENV := .venv/bin
T ?= tests

.DEFAULT_GOAL := help
.PHONY: help run test check check-python check-faces format clean lock load contracts schema install

help: ## print this
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start everything on this machine, without containers; DYMEK_PORT changes the public port (8080)
	@$(PYTHON) -m deploy.local.install
	@exec $(VENV)/python -m deploy.local.run

test: ## run the tests against real servers; T=path narrows them, e.g. T=tests/unit
	@$(PYTHON) -m deploy.local.install --tests
ifeq ($(T),tests)
	@$(VENV)/pytest -m alone tests/chaos
	@$(VENV)/pytest -m "not alone" -n 2 --dist loadfile --no-loadscope-reorder tests
else
	@$(VENV)/pytest $(T)
endif

check: ## style, types, walls between services, contracts up to date, front end
	@$(PYTHON) -m deploy.local.install --tests
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target check-python check-faces

check-python:
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports --no-logo
	$(VENV)/python -m contracts.generate --check
	$(VENV)/python -m contracts.compat
	$(VENV)/python -m deploy.configuration_table --check

check-faces:
	npm run --silent check
	npm run --silent test

format: ## rewrite the Python sources in the house style
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .

contracts: ## write schemas and asyncapi.yaml anew from the contracts
	$(VENV)/python -m contracts.generate

schema: ## write services/*/schema.sql anew from the migrations, on a server chosen as for the tests
	@$(PYTHON) -m deploy.local.install --tests
	@$(VENV)/python -m tests.support.schema

load: ## measure latency and throughput of the whole system beside the raw broker
	@$(PYTHON) -m deploy.local.install --tests
	@$(VENV)/python -m tests.load

lock: ## pin every Python package anew, with hashes
	$(VENV)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal \
		--extra local --output-file requirements.txt pyproject.toml
	$(VENV)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --universal \
		--extra local --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

install: ## install what `make test` needs and no more
	@$(PYTHON) -m deploy.local.install --tests

clean: ## remove var/ with all local data, ending what earlier runs left behind
	@$(PYTHON) -m deploy.local.clean
