"""Ties of the measures per ounce and per ton to what they are computed from."""
