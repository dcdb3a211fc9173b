"""Reports of a company that is made up, a year apart, and what the later one says of the year before."""

from __future__ import annotations

_STATEMENT = """\
{company}
{place}
                      CONSOLIDATED STATEMENTS OF OPERATIONS
              (dollars in thousands, except per share amounts)

                                          Three Months Ended June 30,
                                          ---------------------------
                                              {year}         {before}
                                          ----------    ------------
Sales of products                         $   {sales[0]}      $   {sales[1]}
Cost of sales                                 {cost[0]}          {cost[1]}
                                          ----------    ------------
Gross profit                                  {gross[0]}          {gross[1]}
Exploration                                     {exploration[0]}            {exploration[1]}
{more}General and administrative                      {admin[0]}            {admin[1]}
                                          ----------    ------------
Net income                                $   {net[0]}      $   {net[1]}
                                          ==========    ============
Basic income per share                    $    {share[0]}      $     {share[1]}
                                          ==========    ============
Weighted average shares outstanding          {shares[0]}         {shares[1]}
                                          ==========    ============
"""
_FIRST = {
    "sales": ("9,100", "8,400"),
    "cost": ("5,200", "5,000"),
    "gross": ("3,900", "3,400"),
    "exploration": ("562", "190"),
    "admin": ("938", "810"),
    "net": ("2,400", "2,400"),
    "share": ("0.20", "0.20"),
    "shares": ("12,000", "12,000"),
}
_SECOND = {
    "sales": ("9,900", "9,100"),
    "cost": ("5,500", "5,200"),
    "gross": ("4,400", "3,900"),
    "exploration": ("731", "562"),
    "admin": ("969", "938"),
    "net": ("2,700", "2,400"),
    "share": ("0.22", "0.20"),
    "shares": ("12,000", "12,000"),
}


def first(company: str = "LARKSPUR MINES INC.", **changed: tuple[str, str]) -> bytes:
    """The report of the second quarter of 2003."""
    return _printed(company, 2003, _FIRST | changed)


def second(company: str = "LARKSPUR MINES INC.", more: str = "", **changed: tuple[str, str]) -> bytes:
    """The report a year later, which says of 2003 what the first does unless something is `changed`."""
    return _printed(company, 2004, _SECOND | changed, more)


def divided() -> bytes:
    """The later report with a part of 2003's exploration on a line of its own."""
    more = "Pre-development                                 121             94\n"
    return second(more=more, exploration=("610", "468"))


def restated() -> bytes:
    """The later report with less cost in 2003, and so more profit."""
    return second(cost=("5,500", "5,000"), gross=("4,400", "4,100"), net=("2,700", "2,600"))


def split() -> bytes:
    """The later report after each share was split in two."""
    return second(share=("0.11", "0.10"), shares=("24,000", "24,000"))


def _printed(company: str, year: int, figures: dict[str, tuple[str, str]], more: str = "") -> bytes:
    place = "Reno, Nevada"
    return _STATEMENT.format(company=company, place=place, year=year, before=year - 1, more=more, **figures).encode()
