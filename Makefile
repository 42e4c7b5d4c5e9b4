# Commands of development. They use the virtual environment that the README sets up; PYTHON names another.
PYTHON ?= .venv/bin/python

.PHONY: check differential lock

check:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q

# Engine against reference evaluator on random logs; ARGS="--obligations 1000000 --seed 7" for more.
differential:
	cd tests && $(abspath $(PYTHON)) -m reference.differential $(ARGS)

# The versions that the tests were last run with: pip install -c constraints.txt ...
lock:
	$(PYTHON) -m pip freeze --exclude-editable > constraints.txt
