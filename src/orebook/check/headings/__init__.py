"""Headings and captions: what the figures of other tables say about the periods and scales printed over a table."""
