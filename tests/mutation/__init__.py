"""Whether the tests would notice a small change of the code that decides verdicts: legal time, engine, SQL.

``python -m mutation`` (from the folder tests; ``make mutation`` does so) changes one place of the code at a
time and asks the cases of ``cases.py``, whose answers are known, whether anything comes out differently. What
they do not notice survives; ``survivors.toml`` says of a survivor why nothing could notice it.
"""
