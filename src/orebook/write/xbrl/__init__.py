"""XBRL: a book as a report package that brings its own taxonomy."""

from __future__ import annotations

from orebook.write.xbrl.package import Package, inline_package, package
from orebook.write.xbrl.told import told

__all__ = ["Package", "inline_package", "package", "told"]
