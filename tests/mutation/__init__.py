"""Whether the tests would notice a small change of the code that decides verdicts: legal time, engine, SQL.

``python -m mutation`` (from the folder tests; ``make mutation`` does so) changes one place of the code at a
time, in a copy of the package, and runs the tests that reach the place until one of them fails. ``suites.py``
says which tests are asked about what. What none notices survives; ``survivors.toml`` says of a survivor why
nothing could notice it.
"""
