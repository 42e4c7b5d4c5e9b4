# Commands of development. They use the virtual environment that the README sets up; PYTHON names another.
PYTHON ?= .venv/bin/python
PACKS ?= kosovo klina kllokot information-office klgi

.PHONY: agreement bench both-ways check cluster deadlines differential docs examples-alone fuzz fuzz-api kills lint-packs lock \
  messages million mutate-packs mutation output-safety properties reference release reliability whole-wheel

# Linter, type checker, and the tests but for the longest, which the command of the README and .ci/run run too.
check:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q -m "not whole_run"

# Engine against reference evaluator on random packs and logs, a million obligations: hours of two cores. What was reached
# is told as a table. ARGS="--obligations 20000 --json run.json" for less; ARGS="--resume run.json --json run.json" goes on.
differential:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m reference.differential $(ARGS)

# Whether the tests would notice a small change of the code that decides verdicts; ARGS="--area sql --sample 100" for less.
mutation:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m mutation $(ARGS)

# This program beside others on logs with known verdicts, into docs/performance.md; needs the extra `bench`.
# ARGS="--events 100000 --events 1000000" for two sizes, ARGS="--help" for all that can be set.
bench:
	$(PYTHON) -m bench $(ARGS)

# All that is tried to make verdicts wrong, into docs/reliability.md: many hours. ARGS="--part Deadlines" for one of them.
reliability:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m reliability $(ARGS)
# Bad input that nobody thought of, for so many minutes shared by all targets; needs the extra `fuzz`. What is found
# stays in build/fuzz. ARGS="--target csv --json figures.json" for one of them, and figures for a report.
MINUTES ?= 10
fuzz:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m fuzz.campaign --minutes $(MINUTES) \
	  --keep "$(CURDIR)/build/fuzz" $(ARGS)

# Requests to the interface of serve, made of its own description by schemathesis; ARGS="--examples 2000 --seed 7" for more.
fuzz-api:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m serving.fuzz_api $(ARGS)

# Registers whose programs are killed at every dealing with the database, then at random: minutes. ARGS="--points 50" for less.
kills:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m register.kills $(ARGS)

# One case with a million events: minutes, and some gigabytes of memory. ARGS="--events 100000" for less.
million:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m bad_input.million $(ARGS)
# Judging on Spark against one process, on two cores of this machine: minutes. Needs the extras `dev` and `spark`, and Java; installs
# nothing. ARGS="-k lost" for some of the tests. Then random logs in random parts, without Spark: SEEDS=7000-8000 for more.
SEEDS ?= 7000-7030
cluster:
	PYTHONPATH="$(CURDIR)/src" $(PYTHON) -c 'from transparency_check.cluster.session import refuse_missing; refuse_missing()'
	PYTHONPATH="$(CURDIR)/src" $(PYTHON) -m pytest -q -n0 tests/cluster $(ARGS)
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m cluster.campaign --seeds $(SEEDS)
# The laws of behaviour on many random packs and logs; ARGS="--cases 1000 --law NAME" for more of one.
properties:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m properties.laws $(ARGS)

# Every day of the calendar by every period of the bundled packs, under every calendar, against a naive counter.
deadlines:
	PYTHONPATH=src:tests $(PYTHON) tests/calendars/exhaustive.py $(ARGS)

# Acting on the planned dates of every dated duty of the bundled packs, and a day later: sixty dates each, an hour and more.
# ARGS="--dates 5" for less.
agreement:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m planning.agreement $(ARGS)

# What is wrong, thin or dead in the bundled packs.
lint-packs:
	PYTHONPATH=src $(PYTHON) -m transparency_check rules lint $(foreach pack,$(PACKS),--pack $(pack))

# Which changes of events and numbers no example of the bundled packs notices; ARGS="--select XK-FOI" for less.
mutate-packs:
	PYTHONPATH=src $(PYTHON) -m transparency_check rules mutate $(foreach pack,$(PACKS),--pack $(pack)) $(ARGS)

# The catalogues of the translations: new texts in, texts that are gone out, compiled; what is still to be translated is told.
messages:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m languages

# docs/reference, of what the program itself holds: commands, schemas, vocabulary.
reference:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m reference_pages

# The documents as a site, in build/docs-site; what is wrong in one is an error. ARGS="-t without_duties" leaves out the
# page of each duty, as the tests do.
docs:
	PYTHONPATH=src $(PYTHON) -m sphinx -q -W --keep-going -d build/docs-read -c docs/sphinx $(ARGS) . build/docs-site

# requirements.lock: one tested set of versions with their hashes. To install exactly these:
#   .venv/bin/pip install --require-hashes -r requirements.lock
#   .venv/bin/pip install --no-deps --no-build-isolation -e .
# Neither the README nor .ci/run uses it, so that a release that breaks the tests is met here before users meet
# it. Make it with the oldest Python that is supported.
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install -q pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile -q --upgrade --extra dev --strip-extras \
	  --generate-hashes --allow-unsafe --no-emit-options --output-file requirements.lock pyproject.toml

# Every example of the pack for Kosovo judged alone and in the company of all others; the tests take one of each kind.
examples-alone:
	EXAMPLES_ALONE=all $(PYTHON) -m pytest -q -n0 tests/packs/test_examples.py

# All that has to hold before a version is released; what is released is left in build/release. ARGS=--write keeps the outcome.
release:
	$(PYTHON) -m release $(ARGS)

# The wheel of this checkout with all its packs, built, compared and installed; the tests take one with few duties.
whole-wheel:
	WHOLE_WHEEL=yes $(PYTHON) -m pytest -q -n0 tests/install

# Random logs of all formats read row by row and in bulk; the tests take a few of them.
both-ways:
	READ_BOTH_WAYS=all $(PYTHON) -m pytest -q tests/readers

# Every hostile text behind every beginning at every place, through every reporter; the tests take a part of them.
output-safety:
	HOSTILE_TEXTS=all $(PYTHON) -m pytest -q tests/safety
