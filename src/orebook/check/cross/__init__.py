"""Ties across tables: one fact printed in several places, mines that make segments, segments the company."""
