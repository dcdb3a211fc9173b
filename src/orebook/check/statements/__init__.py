"""Ties of the statements to themselves and each other beyond footing: per share, income, depreciation."""
