"""``validate``: what can be said of records alone, before any duty is judged."""
