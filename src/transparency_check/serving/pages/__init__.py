"""The pages: each module makes some of them, as data, from what was asked and from one snapshot."""
