"""Many processes judge one log: its municipalities in parts, each by the function that judges a whole log.

``judging`` goes through a run on whatever ``Workers`` there are; ``spark`` are those of a cluster. What
passes between them and the driver stands in ``rows``.
"""
