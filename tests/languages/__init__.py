"""The languages of the program: what is to be translated, and whether it is."""
