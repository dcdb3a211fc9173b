"""Footing: sums, differences and ratios that a table shows by itself."""
