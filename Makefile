# Parley. `make help` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
# Python is started a hundred times: what was compiled once is kept, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE
# What is handed to pytest besides: make test ARGS="tests/slas -x"
ARGS ?=
# Three processes on two cores: one of them always waits, for a browser, a worker or a server that comes back.
PYTEST := $(PYTHON) -m pytest -n 3 --dist loadgroup

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## make .venv/ from the locks, nothing else
	@scripts/bootstrap dev

.PHONY: demo
demo: ## run the portal with demo data until Ctrl-C: make demo PORT=8123 TODAY=2026-11-10
	@scripts/bootstrap demo
	@exec $(PYTHON) -m portal.runner demo $(if $(PORT),--port $(PORT))

.PHONY: stop
stop: ## stop a running demo, or clean up after a killed one
	@scripts/bootstrap demo
	@$(PYTHON) -m portal.runner stop

.PHONY: reset
reset: ## stop the demo and remove its data, so that the next start makes it anew
	@scripts/bootstrap demo
	@$(PYTHON) -m portal.runner reset

.PHONY: servers
servers: ## PostgreSQL and Valkey for development until Ctrl-C; prints how to reach them
	@scripts/bootstrap dev
	@exec $(PYTHON) -m portal.runner servers

.PHONY: check
check: ## the static checks
	@scripts/bootstrap dev
	@scripts/check

.PHONY: test
test: ## all checks and tests, on servers of their own and in a real browser
	@scripts/bootstrap test
	@exec $(PYTHON) -m portal.runner test -- $(PYTEST) $(ARGS)

.PHONY: test-long
test-long: ## the tests of the full sizes, and all properties on new examples
	@scripts/bootstrap test
	@exec $(PYTHON) -m portal.runner test -- $(PYTEST) -m "long or hypothesis" --hypothesis-profile fresh $(ARGS)

.PHONY: pictures
pictures: ## every page, light and dark, wide and narrow, and every page of a PDF, as PNG into pictures/
	@scripts/bootstrap test
	@TODAY=$${TODAY:-2026-11-10} exec $(PYTHON) -m portal.runner with-demo --only larkmoor -- $(PYTHON) scripts/pictures

.PHONY: lock
lock: ## renew the locks from pyproject.toml (maintainers; needs uv)
	@scripts/lock
