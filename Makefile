# Needs nothing but Python 3.11 or newer, make and the package index: uv is fetched where there is none.
PYTHON ?= python3
VENV_UV := .uv/bin/uv
UV := $(shell command -v uv 2>/dev/null || echo $(VENV_UV))
RUN := $(UV) run --locked
# Compiled bytecode halves the time of every command here.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help demo test fmt check render package bench clean

help:  ## What there is to do
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 14

$(VENV_UV):
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv

uv: $(if $(filter $(VENV_UV),$(UV)),$(VENV_UV))

demo: uv  ## A real attack and the whole response on this machine; YES=1 answers the approvals by itself
	@$(UV) run --quiet --locked --no-default-groups --extra local python -m cli.demo $(if $(YES),--yes)

test: uv  ## The whole test suite
	$(RUN) --group author pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

fmt: uv  ## Format the code
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

check: uv  ## Lint, types, freshness of rendered files, template and definitions
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	$(RUN) --group author python -m deploy.render --check
	$(RUN) --group lint python -m deploy.checks

render: uv  ## Render definitions, permissions, schemas, validators and docs from the declarations
	$(RUN) --group author python -m deploy.render

package: uv  ## Build the Lambda package that the template deploys: build/package
	$(RUN) python -m deploy.package

bench: uv  ## Measure, and write benchmarks/results.json
	$(RUN) python -m benchmarks

clean:  ## Remove what the other commands made
	rm -rf .uv .venv build demo-report deploy/checks/node_modules
