# Commands of development. They use the virtual environment that the README sets up; PYTHON names another.
PYTHON ?= .venv/bin/python
PACKS ?= kosovo klina kllokot information-office klgi

.PHONY: check differential lint-packs lock mutate-packs output-safety

check:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q

# Engine against reference evaluator on random logs; ARGS="--obligations 1000000 --seed 7" for more.
differential:
	cd tests && PYTHONPATH="$(CURDIR)/src" $(abspath $(PYTHON)) -m reference.differential $(ARGS)

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

# Every hostile text behind every beginning at every place, through every reporter; the tests take a part of them.
output-safety:
	HOSTILE_TEXTS=all $(PYTHON) -m pytest -q tests/safety
