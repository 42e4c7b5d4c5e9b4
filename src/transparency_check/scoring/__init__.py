"""``score``: how much of what is owed was kept, by municipality, area and period, with both bounds."""
