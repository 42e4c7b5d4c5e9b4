"""The second evaluator: slow, plain, written from docs/semantics.md alone; and random logs to compare it with
the engine.
"""
