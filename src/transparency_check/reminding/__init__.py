"""Reminders: what comes next, told to people by mail or by the services that apprise knows."""

# What is installed for it.
EXTRA = "remind"
