# Commands of development. They use the virtual environment that the README sets up; PYTHON names another.
PYTHON ?= .venv/bin/python
PACKS ?= kosovo klina kllokot information-office klgi

.PHONY: check deadlines differential lint-packs lock mutate-packs properties

check:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q

# Engine against reference evaluator on random packs and logs, a million obligations: hours of two cores. What was reached
# is told as a table. ARGS="--obligations 20000 --json run.json" for less; ARGS="--resume run.json --json run.json" goes on.
differential:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m reference.differential $(ARGS)

# The laws of behaviour on many random packs and logs; ARGS="--cases 1000 --law NAME" for more of one.
properties:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m properties.laws $(ARGS)

# Every day of the calendar by every period of the bundled packs, under every calendar, against a naive counter.
deadlines:
	PYTHONPATH=src:tests $(PYTHON) tests/calendars/exhaustive.py $(ARGS)

# What is wrong, thin or dead in the bundled packs.
lint-packs:
	PYTHONPATH=src $(PYTHON) -m transparency_check rules lint $(foreach pack,$(PACKS),--pack $(pack))

# Which changes of events and numbers no example of the bundled packs notices; ARGS="--select XK-FOI" for less.
mutate-packs:
	PYTHONPATH=src $(PYTHON) -m transparency_check rules mutate $(foreach pack,$(PACKS),--pack $(pack)) $(ARGS)

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
