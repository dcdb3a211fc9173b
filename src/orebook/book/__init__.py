"""Grids -> facts: captions, periods, units, labels, entities. Knows meaning, no layout."""
