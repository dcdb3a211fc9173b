"""Where the definitions come from: one line a source, cited by the measures."""

from __future__ import annotations

from datetime import date

HECLA_1995 = "Hecla Mining, quarterly release, third quarter 1995: costs per ounce by mine and in total"
GOLD_INSTITUTE = "The Gold Institute, Production Cost Standard, 1996 (revised November 1999)"
HECLA_2003 = "Hecla Mining, quarterly release, third quarter 2003: reconciliation of cash costs per ounce to GAAP"
HECLA_2007 = "Hecla Mining, quarterly release, third quarter 2007: reconciliation of cash costs per ounce to GAAP"
WGC_2013 = "World Gold Council, Guidance Note on Non-GAAP Metrics: all-in sustaining and all-in costs, 27 June 2013"
WGC_2018 = "World Gold Council, Guidance Note on Non-GAAP Metrics, updated 14 November 2018"
BROOK_HUNT = "Brook Hunt (later Wood Mackenzie), metal cost service: C1, C2 and C3 costs"

GOLD_INSTITUTE_FROM = date(1996, 1, 1)
RECONCILED_FROM = date(2003, 1, 1)
RECONCILED_WITH_DEPRECIATION_FROM = date(2007, 1, 1)
WGC_2013_FROM = date(2013, 6, 27)
WGC_2018_FROM = date(2019, 1, 1)
"""The 2018 note applies to periods that begin in 2019."""
