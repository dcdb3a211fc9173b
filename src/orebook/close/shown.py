"""Derived figures as a reader sees them."""

from __future__ import annotations

from fractions import Fraction


def amount(value: Fraction, unit: str) -> str:
    """A figure for reading: dollars and counts whole from 1,000 up, others with what digits they need."""
    digits = 0 if abs(value) >= 1000 or not value else 4 if abs(value) < 1 else 2
    scaled = abs(value) * 10**digits
    whole = int(scaled + Fraction(1, 2))
    text = f"{whole // 10**digits:,}" + (f".{whole % 10**digits:0{digits}}" if digits else "")
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{text} {unit}".rstrip() if unit != "pure" else sign + text
