"""Orebook reads, checks, closes and writes the quarterly reports of mining companies."""

from __future__ import annotations

__version__ = "0.1.0"
