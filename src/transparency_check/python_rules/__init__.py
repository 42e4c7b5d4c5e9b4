"""Rules written in Python: duties that the shapes of a pack cannot say, judged case by case.

``statement`` reads what a rule says of itself, ``cases`` makes the cases that it is given, ``verdicts``
checks what it gives back, and ``judging`` calls each rule by itself, so that one that fails costs only its
own case.
"""
