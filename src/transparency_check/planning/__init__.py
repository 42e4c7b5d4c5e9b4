"""From a date to the steps that lead to it: what the packs ask of an event that is only planned.

Nothing here judges. The steps are read off the duties and the calendar, and the engine judges the events that
they amount to, like those of any log.
"""
