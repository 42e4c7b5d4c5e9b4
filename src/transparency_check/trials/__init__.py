"""Duties tried on small logs: their own examples, alone and in company; what no example notices; new duties
with examples to begin with.
"""
