# The only commands to remember. `make help` lists them.

# A gate at the end of a pipe must not hide that its beginning failed.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
# Browser tests wait much: more of them at once than there are cores.
WORKERS ?= 4
ARGS ?=
ADVISORIES ?=

bin := .venv/bin
manage := $(bin)/python manage.py
with_services := $(bin)/python -m deploy.test_services
pytest := $(with_services) $(bin)/python -m pytest -n $(WORKERS) --dist worksteal
files = git ls-files -z --cached --others --exclude-standard --deduplicate

# Where rules are decided, no line goes untested.
exact := */names.py,*/cards.py,*/sealing.py,*/periods.py,*/dates.py,*/paths.py,*/policy.py,*/vocabulary/*,members/tables.py,*/contents.py,*/lifecycle.py,*/chains.py,*/due.py,*/steps.py,*/limits.py,*/form_definitions/*,*/rulesets/*,*/ceilings.py,*/ballots.py,*/classification.py,*/figures.py,*/services/*

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint types contracts secrets parts advisories site-checks coverage long bench fmt run worker

help:  ## List the commands
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup:  ## Make or refresh the environment in .venv/
	@$(PYTHON) -m deploy.setup

demo: setup  ## A real district with its published figures, then the site (PORT=8000, SERVE=0 to stop before it)
	@$(manage) demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

test: setup  ## All tests on real PostgreSQL and Redis (ARGS="-k word")
	@$(pytest) -m "not long" $(ARGS)

check: lint types contracts secrets site-checks test  ## What CI runs

lint: setup  ## Format, style, templates: every check that needs no Django
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(files) '*.html' | xargs -0r $(bin)/djade --check --target-version 5.2
	$(bin)/djlint --lint --quiet templates
	$(files) '*.py' ':!*/migrations/*' | xargs -0r $(bin)/django-upgrade --check --target-version 5.2

types: setup  ## mypy, strict
	$(bin)/mypy .

secrets: setup  ## No key, token or password in the tree
	@$(bin)/python -m deploy.secret_search

contracts: setup  ## Which module may import which
	$(bin)/lint-imports --no-logo

# The example file is checked as if it were a production site's.
site-checks: setup  ## Migrations complete, a production site safe
	DATABASE_URL=sqlite://:memory: SECRET_KEY=none $(manage) makemigrations --check --dry-run
	set -a && . ./.env.example && $(manage) check --deploy --fail-level WARNING

coverage: setup  ## The tests, counting lines and branches
	@$(pytest) -m "not long" --cov $(ARGS)
	@$(bin)/coverage report --fail-under=100 --include=$(exact)

long: setup  ## The tests that take longer than `make check` may
	@$(pytest) -m long $(ARGS)

parts: setup  ## The list of parts (SBOM, CycloneDX); writes var/parts.cdx.json
	@$(bin)/python -m deploy.parts

advisories: setup  ## Known holes of the packages (ADVISORIES=the OSV database of PyPI)
	@$(bin)/python -m deploy.advisories $(ADVISORIES)

bench: setup  ## Measure; writes var/bench.json (ARGS="--members 100000")
	@$(with_services) $(bin)/python -m benchmarks $(ARGS)

fmt: setup  ## Put code and templates into their one format
	$(files) '*.py' ':!*/migrations/*' | xargs -0r $(bin)/django-upgrade --exit-zero-even-if-changed --target-version 5.2
	$(bin)/ruff check --fix-only --quiet .
	$(bin)/ruff format .
	$(files) '*.html' | xargs -0r $(bin)/djade --target-version 5.2

run: setup  ## The site for a developer, with what is in the database now (PORT=8000)
	@DEBUG=1 $(manage) runserver $(PORT)

worker: setup  ## A worker for `make run`
	@$(bin)/celery --app config worker --beat --loglevel INFO
