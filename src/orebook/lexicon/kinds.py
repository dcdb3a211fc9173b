"""Kinds of table, the first of which that fits is taken.

A title, in normal form and without the words of `TITLE_NOISE`, has a kind where it holds one of the kind's phrases (`..`
stands for any words between) and none of `unless`. Strokes and line ends part phrases. `rows` are pairs or triples of
labels, in normal form, that only that statement holds together.
"""

from __future__ import annotations

TITLE_NOISE = "consolidated|condensed|unaudited|interim|combined|audited|summarized"
KINDS = (
    {
        "name": "reconciliation",
        "source": "SEC Regulation G (2003)",
        "titles": """
reconciliation .. gaap|reconciliation .. generally accepted accounting|reconciliation .. cash cost
cash cost reconciliation|nongaap
""",
        "rows": """
total cash cost | change product inventory
product credit | change product inventory
cash operating activity | exploration
""",
    },
    {
        "name": "guidance",
        "source": "wording of producers' releases: what is hoped for a year, and no result of it",
        "titles": "guidance|outlook",
        "unless": "result|actual|highlight|statement",
    },
    {
        "name": "hedges",
        "source": "wording of producers' releases",
        "titles": "hedged position|hedge position|forward sale position|hedge book|hedging position|hedging program|hedging summary|hedge summary",
    },
    {
        "name": "capital-expenditures",
        "source": "wording of producers' releases",
        "titles": "capital expenditure|capital expenditure .. property|capital addition .. property|capital expenditure .. mine",
    },
    {
        "name": "prices",
        "source": "wording of producers' releases",
        "titles": "average metal price|metal price",
    },
    {
        "name": "production",
        "source": "wording of producers' releases: highlights of the mines alone",
        "titles": "operating highlight|operational highlight|production highlight|mine operation highlight",
        "unless": "financial",
    },
    {
        "name": "highlights",
        "source": "wording of producers' releases; SEC Regulation S-K, item 301 (selected financial data)",
        "titles": """
highlight|selected financial data|financial summary|selected financial information
selected consolidated financial data|summary financial data
""",
    },
    {
        "name": "equity",
        "source": "SEC Regulation S-X, rule 3-04",
        "titles": """
statement shareholder equity|statement change shareholder equity|statement equity|statement retained income
statement change equity|statement partner capital|shareholder equity statement
""",
        "unless": "statement operation|statement income|balance sheet",
    },
    {
        "name": "cash-flows",
        "source": "FASB Statement 95",
        "titles": "statement cash|cash statement",
        "unless": "statement income|statement operation|balance sheet",
        "rows": """
net cash operating activity | net cash investing activity
net cash operating activity | net cash financing activity
""",
    },
    {
        "name": "balance-sheet",
        "source": "SEC Regulation S-X, article 5-02",
        "titles": "balance sheet|statement financial position|statement financial condition|statement condition",
        "rows": """
total asset | total liability shareholder equity
total asset | total liability equity
total current asset | total current liability | total asset
""",
    },
    {
        "name": "comprehensive-income",
        "source": "FASB Statement 130",
        "titles": "statement comprehensive income",
    },
    {
        "name": "operations",
        "source": "SEC Regulation S-X, article 5-03",
        "titles": "statement operation|statement income|income statement|statement result operation|operation statement",
        "unless": "pro forma",
        "rows": """
net income | income before income tax | income tax
net income | income before income tax | provision income tax
net sale | cost sale | net income
gross profit | income operation | net income
operating income | interest expense | net income
""",
    },
    {
        "name": "production",
        "source": "wording of producers' releases",
        "titles": """
production data|production summary|operating data|statistic|production result
production cost|gold production|silver production|metal production|operating summary|key operating factor
""",
    },
    {
        "name": "segments",
        "source": "FASB Statement 131",
        "titles": "segment information|segment data|segment result|sale segment|industry segment",
    },
)
