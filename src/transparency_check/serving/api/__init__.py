"""What programs ask: the same snapshot as JSON."""
