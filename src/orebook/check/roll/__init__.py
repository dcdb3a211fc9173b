"""Ties of balance sheets to the flows between them."""
