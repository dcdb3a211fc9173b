"""Who reports, and when its fiscal year ends, from the document itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from orebook.book.calendar import Calendar, quarter_named
from orebook.book.captions import CODES, Caption, currency_of_text, names_code, read_caption, scale_in, shares_scale
from orebook.book.headings import headings
from orebook.book.periods import ORDINALS, by_quarters, end_date, full_date, read_words
from orebook.book.printed import value_of
from orebook.book.shape import Setting
from orebook.book.titles import days_told
from orebook.book.wording import ends_like_company
from orebook.model.book import Identity
from orebook.model.fact import Fact
from orebook.model.grid import Grid

# Of small letters; what opens it is looked for first, so that other places are passed over at once.
_YEAR_END = re.compile(
    r"[yf](?<!\w[yf])(?<!half[ -]y)(?<!quarter of f)(?<!quarter, f)(?<!quarter f)(?<!months of f)(?<!weeks of f)(?<!half of f)(?:(?<=f)iscal\s+(?:years?|(?:19|20)\d\d)|(?<=y)ears?)\s+(?:end(?:ed|ing|s)|to)\s+(?:on\s+)?"
    r"([a-z]+\.?\s+\d{1,2}|\d{1,2}\s+[a-z]{3,9})\b"
)
_HALF_YEAR = r"(?i)\b(?:first half|half[- ]year(?:ly)?)(?: (?:financial )?(?:reports?|results?))?(?: for the (?:period|six months|half[- ]year))? (?:ended|ending|to) (?P<end>[a-z]+\.? \d{1,2}|\d{1,2} [a-z]{3,9})\b"
_QUARTER_AND_YEAR = r"(?i)\b(?:quarter|three(?: months)?) and (?:six|nine)[- ]months? end(?:ed|ing) (?P<end>[a-z]+\.? \d{1,2}|\d{1,2} [a-z]{3,9})\b"
_PIECES = re.compile(r"\s{3,}|\s+[-–—]{1,2}\s+")
_OPENING = 60  # lines within which a release says who reports
_HEADING = 20  # lines within which its name stands by itself
_SHORT = 60
_SMALL = frozenset(("of", "and", "&", "de", "del"))
# Patterns that few documents need are compiled where they are used: a cold start is short.
_FOR_ALL = (
    r"(?i)\b(?:figures|amounts|dollars|information|data)\b[^.;]{0,60}"
    rf"\bin\s+(?:thousands|millions|(?:(?:US|[ACR])?[$€£]|rands?|euros?|(?-i:{CODES}))\s?(?:['’]?000s?|thousands?|millions?|m))\b[^.;]{{0,80}}"
    r"\b(?:unless|except)\s+(?:where\s+)?otherwise\s+(?:noted|stated|indicated|specified)\b"
)
_IN_CURRENCY = (
    r"(?i)\b(?:figures|amounts|dollars|information|data|results|stated|expressed|reported)\b[^.;()]{0,60}\bin (?:[a-z]+ of )?"
    rf"(?:(?:canadian|australian|us|united states) dollars|c\$|cdn\$|a\$|us\$|[€£]|euros?\b|pounds sterling|(?:south african )?rands?\b|(?-i:{CODES})\b)"
)
_CURRENCIES = (
    *("canadian d", "australian d", "us d", "united states d", "c$", "cdn$", "a$", "us$"),
    *("€", "£", " euros", " sterling", " rand"),
)
_NAMED_QUARTER = r"(?i)\b(first|second|third|fourth)\s+(?:fiscal\s+)?quarter\b[^.;]{0,40}?\bend(?:ed|ing)\s+([a-z]{3,9}\.?\s+\d{1,2})\b"
_LISTED = r"\((?:NYSE|AMEX|NASDAQ|Nasdaq|TSX|TSE|ASX|LSE|OTC)\b"
_NAME_LAST = r"[A-Z][\w&.'’-]*(?:,? (?:of |and |& |de |del )?[A-Z][\w&.'’-]*){1,6},? $"
_REPORTS = r"(?i)\s(?:(?:today\s+)?(?:report|announce|release|post|achieve)(?:s|e?d)?|(?:first|second|third|fourth)[- ]quarter|q[1-4]|fiscal|full[- ]year)\b"
_PLACE_LAST = r"\s{3,}|\s*(?:--|[–—])\s*|\s-\s|:\s"
_PAIR = 2
_QUARTER, _YEAR = 3, 12  # months
_SIXTEEN_WEEKS = 4  # months, of the first quarter of restaurants and groceries
_LINES_OF_DATES = 2
_QUARTERS = 4
_TO_DATE = (6, 9)  # months
_MIDDLE_OF_MONTH = 15
_DAYS_OF_YEAR = 365
_A_YEAR_APART = (350, 380)  # days
# Lines longer than this are no text that a person set in lines; they are not searched for dates.
_LONG = 2000
_FISCAL = r"\b[Ff]iscal\s+(?:year\s+)?((?:19|20)\d\d)\b[^.;]{0,40}?\b(?:ended|ending|ends|means|is)\b[^.;]{0,30}?([A-Z][a-z]+\s+\d{1,2},\s+(?:19|20)\d\d)"
# `the fiscal year ended January 30, 1999, which we refer to as "fiscal 1998"`
_CALLED = (
    r"\bended\s+([A-Z][a-z]+\s+\d{1,2},\s+(?:19|20)\d\d)[^.;]{0,40}?[\"“(]\s?[Ff]iscal\s+(?:year\s+)?((?:19|20)\d\d)\b"
)
_AHEAD = frozenset(("guidance", "hedges"))
_NEAR_MONTHS = 3  # a month before to a month after: `the Saturday nearest January 31`
_PERIOD_LINE = r"(?i)\b(?:period|quarter|months|weeks|year)\s+end(?:ed|ing)\b.{0,80}?(?:19|20)\d\d"


def setting_of(lines: tuple[str, ...], grids: tuple[Grid, ...], identity: Identity) -> Setting:
    """What the whole document says of company, fiscal year and shares."""
    captions = [read_caption(" ".join(_captions_over(grid))) for grid in grids]
    money = money_scale(captions)
    bare = any(caption.money is None for caption in captions)
    largest = largest_under(grids, captions) if money and bare else Decimal(0)
    opening = _opening(lines).replace("U.S.", "US")
    stated = scale_of_all(opening)
    if stated:
        money, largest = stated, Decimal("Infinity")
    calendar = calendar_of(lines, grids, identity)
    company = identity.company or company_in(grids) or company_heading(lines) or company_listed(lines, grids)
    company = company or company_reporting(lines)
    currency = _currency(opening, captions)
    return Setting(company, calendar, shares_scale(captions), money, largest, stated is not None, currency=currency)


def _captions_over(grid: Grid) -> list[str]:
    """The lines over a grid that hold a bracket, and the brackets that stand over its labels or over all its columns."""
    whole = (head.text for head in grid.headers if head.text[0] == "(" and head.last - head.first + 1 == grid.columns)
    return [text for text in (*(text for _, text in (*grid.above, *grid.stub)), *whole) if "(" in text]


def _currency(opening: str, captions: list[Caption]) -> str | None:
    """The currency of all tables that state none: the one that the opening states for all figures, else the one that
    every caption with a currency states."""
    low = opening.lower()
    named = any(map(low.__contains__, _CURRENCIES)) or names_code(opening)
    found = re.search(_IN_CURRENCY, opening) if named else None
    if found is not None:
        return currency_of_text(found.group())
    stated = {caption.currency for caption in captions if caption.currency}
    return stated.pop() if len(stated) == 1 else None


def money_scale(captions: list[Caption]) -> int | None:
    """The scale that at least three in five of the captions that state one state."""
    stated = Counter(caption.money for caption in captions if caption.money)
    if not stated:
        return None
    scale, count = stated.most_common(1)[0]
    return scale if 5 * count >= 3 * stated.total() else None


def scale_of_all(opening: str) -> int | None:
    """The scale that a release states for all that follows: `All amounts in thousands of dollars unless otherwise noted`."""
    found = re.search(_FOR_ALL, opening) if "otherwise" in opening else None
    return scale_in(found.group()) if found is not None else None


def calendar_of(lines: tuple[str, ...], grids: tuple[Grid, ...], identity: Identity) -> Calendar:
    """The document's calendar."""
    dated = [_dates_over(grid) for grid in grids]
    quarters = Counter((day.month, day.day) for days in dated for day, months in days.items() if months == _QUARTER)
    reported = period_end(lines) if not quarters else None
    closes = year_end(lines, identity, dated, grids)
    ends_of_quarters = {day for days in dated for day, months in days.items() if months == _QUARTER}
    named = _quarters_named(grids, Calendar(closes))
    latest = max(ends_of_quarters or named, default=None)
    shift, ends = fiscal_years(lines)
    if not shift and ends_of_quarters and len(named) >= _PAIR:
        # `2Q13` beside `13 weeks ended August 3, 2013`, and no other quarter of 2013: the year is called after its first.
        shift = int(_A_YEAR_APART[0] <= (max(ends_of_quarters) - max(named)).days <= _A_YEAR_APART[1])
    end = (identity.period_end or reported or period_end(lines)) if shift else None
    if latest is None and identity.form.startswith("10-Q"):
        latest = identity.period_end
    lengths = {months for days in dated for day, months in days.items() if day == latest}
    return Calendar(
        closes,
        ends.union(*dated, *(days_told(grid.intro) for grid in grids), *map(_days_in_titles, grids)),
        shift,
        quarters.most_common(1)[0][0] if quarters else (reported.month, reported.day) if reported else None,
        latest,
        end.year if end is not None and (end.month - closes[0] + 1) % 12 < _NEAR_MONTHS else None,
        latest or reported,
        _SIXTEEN_WEEKS if _SIXTEEN_WEEKS in lengths and _QUARTER not in lengths else _QUARTER,
    )


def _headings_told(grids: tuple[Grid, ...]) -> set[str]:
    """What stands over the columns of all grids, each heading in one line."""
    return {" ".join(head.text for head in stack) for grid in grids for stack in headings(grid)}


def _quarters_named(grids: tuple[Grid, ...], calendar: Calendar) -> set[date]:
    """The last days of the quarters that headings name without a day."""
    texts = _headings_told(grids)
    ends = (quarter_named(text, calendar) for text in texts if "uarter" in text or "UARTER" in text or "Q" in text)
    return {end for end in ends if end is not None}


def _days_in_titles(grid: Grid) -> list[date]:
    """The days on which the periods end that the lines over a grid name: `Quarters Ended June 25, 1995 and June 26, 1994`,
    over columns that print the years."""
    for at, (_, text) in enumerate(grid.above):
        if "nded" in text or "NDED" in text:
            return days_told(" ".join(line for _, line in grid.above[at : at + _LINES_OF_DATES]))
    return []


def _dates_over(grid: Grid) -> dict[date, int | None]:
    """The full dates that the headings of a grid print, with the months of the shortest period that ends on each; None for
    one that ends none."""
    made: dict[date, int | None] = {}
    for text in dict.fromkeys(" ".join(head.text for head in stack) for stack in headings(grid)):
        reading = read_words(text)
        day = full_date(reading)
        if day is not None:
            lengths = [months for months in (made.get(day), reading.months) if months]
            made[day] = min(lengths, default=None)
    return made


def fiscal_years(lines: tuple[str, ...]) -> tuple[int, frozenset[date]]:
    """How many years later than its name a fiscal year ends (1 where `fiscal 1998` ended January 30, 1999), and the days
    on which the text says that such years end."""
    shifts: Counter[int] = Counter()
    ends: set[date] = set()
    named = {before for at, line in enumerate(lines) if "iscal" in line for before in (max(at - 1, 0), at)}
    for at in sorted(named):
        first, second = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
        if len(first) > _LONG or len(second) > _LONG:
            continue
        said = f"{first} {second.strip()}"
        for day, name in [*re.findall(_CALLED, said), *((day, name) for name, day in re.findall(_FISCAL, said))]:
            end = full_date(read_words(day))
            if end is not None:
                shifts[end.year - int(name)] += 1
                ends.add(end)
    shift = shifts.most_common(1)[0][0] if shifts else 0
    return (shift if shift in {0, 1} else 0), frozenset(ends)


def largest_under(grids: tuple[Grid, ...], captions: list[Caption]) -> Decimal:
    """The largest figure of the tables whose captions state a scale: among rows that bear a sign of money, where some
    do, because shares are often printed in full beside amounts in thousands."""
    rows = [row for grid, caption in zip(grids, captions, strict=True) if caption.money for row in grid.rows]
    signed = [row for row in rows if row.cells and ("$" in row.cells[0].text or "$" in row.cells[-1].text)]
    texts = {
        cell.english or cell.text for row in signed or rows for cell in row.cells if len(cell.english or cell.text) > 5
    }
    longest = max((text.count(",") for text in texts), default=0)
    values = [value_of(text)[0] for text in texts if text.count(",") == longest]
    return max((abs(value) for value in values if value is not None), default=Decimal(0))


def company_in(grids: tuple[Grid, ...]) -> str:
    """The line that stands first over most tables and reads like a company's name."""
    first = Counter(grid.above[0][1] for grid in grids if grid.above and ends_like_company(grid.above[0][1]))
    return first.most_common(1)[0][0] if first else ""


def _opening(lines: tuple[str, ...]) -> str:
    """What the document begins with, its line ends taken for blanks."""
    return " ".join(line.strip() for line in lines[:_OPENING] if len(line) < _LONG)


def company_heading(lines: tuple[str, ...]) -> str:
    """The first of the opening lines that is a company's name and nothing else."""
    pieces = (piece for line in lines[:_HEADING] if len(line) < _LONG for piece in _PIECES.split(line.strip()))
    return next((text.rstrip(" ,") for text in pieces if _is_name(text)), "")


def _is_name(text: str) -> bool:
    """Whether a text is a company's name and nothing else."""
    words = text.split() if len(text) < _SHORT else []
    named = 1 < len(words) < 8 and all(word[0].isupper() or word in _SMALL for word in words)
    return named and words[-2].lower() != "the" and ends_like_company(text) and not any(map(str.isdigit, text))


def company_reporting(lines: tuple[str, ...]) -> str:
    """The name before the verb of a headline, or of the first sentence after its place: `LARKSPUR MINES CORP. REPORTS …`,
    `RENO, Nev. - Larkspur Mines Corp. today reported`."""
    for line in lines[:_OPENING]:
        found = re.search(_REPORTS, line) if len(line) < _LONG else None
        text = re.split(_PLACE_LAST, line[: found.start()].strip())[-1] if found is not None else ""
        if _is_name(text):
            return text.rstrip(" ,")
    return ""


def company_listed(lines: tuple[str, ...], grids: tuple[Grid, ...] = ()) -> str:
    """The name before the first bracket that says where its shares trade: `Olympus Gold Mines Ltd. (TSX: OGM)`. One that does
    not end as companies' names do stands over two tables or more as well."""
    over = Counter(grid.above[0][1].lower() for grid in grids if grid.above)
    opening = _opening(lines)
    for listed in re.finditer(_LISTED, opening):
        found = re.search(_NAME_LAST, opening[max(0, listed.start() - 80) : listed.start()])
        name = found.group().rstrip(", ") if found is not None else ""
        if ends_like_company(name) or over[name.lower()] >= _PAIR:
            return name
    return ""


def year_end(
    lines: tuple[str, ...],
    identity: Identity,
    dated: Sequence[Mapping[date, int | None]] = (),
    grids: tuple[Grid, ...] = (),
) -> tuple[int, int]:
    """Month and day of the fiscal year's end: the day that the document's own `year ended …` names most often, or what
    the submission's header says; else what its balance sheets compare with (`dated` holds each table's dates, with the
    months of those that end a period), or the last of four quarters that stand before their year in one of its `grids`,
    or what its opening calls the quarter, or which quarters a year to date adds up; the calendar year's end where none says.
    """
    found = Counter(
        (reading.month, reading.day)
        for line in lines
        if ("ear" in line or "EAR" in line or "iscal" in line) and len(line) < _LONG
        for match in _YEAR_END.finditer(line.lower())
        if (reading := read_words(match.group(1))).month is not None
    )
    if found:
        month, day = found.most_common(1)[0][0]
        if month is not None and day is not None:
            return month, day
    stated = identity.fiscal_year_end
    if len(stated) == 4 and stated.isdigit() and 1 <= int(stated[:2]) <= 12:
        return int(stated[:2]), int(stated[2:])
    told = (
        _end_by_headings(grids)
        or _end_by_balance(dated)
        or _end_by_columns(grids)
        or _end_by_lengths(grids)
        or _end_by_quarter(lines)
        or _end_by_half(lines)
    )
    return told or _end_by_sums(grids) or (12, 31)


def _end_by_headings(grids: tuple[Grid, ...]) -> tuple[int, int] | None:
    """The day on which most columns headed as years end, over several lines: `Year ended` / `30 June 2014`."""
    texts = _headings_told(grids)
    found = [
        (day.month, day.day)
        for text in texts
        if "ear ended" in text and (reading := read_words(text)).months == _YEAR and (day := full_date(reading))
    ]
    return Counter(found).most_common(1)[0][0] if found else None


def _end_by_balance(dated: Sequence[Mapping[date, int | None]]) -> tuple[int, int] | None:
    """The day that most balance sheets of two dates in different months compare with: the last fiscal year's end."""
    pairs = [sorted(days) for days in dated if len(days) == _PAIR and not any(days.values())]
    ends = Counter(
        (old.month, old.day) for old, new in pairs if old.month != new.month and (new - old).days < _DAYS_OF_YEAR
    )
    return ends.most_common(1)[0][0] if ends else None


def _end_by_columns(grids: tuple[Grid, ...]) -> tuple[int, int] | None:
    """The day of the last of four quarters that stand in turn before the year that they make up: `Sept. 30   Dec. 31   Mar.
    31   June 30   Year`."""
    for grid in grids:
        if grid.columns <= _QUARTERS or not any(head.text.lower() in ("year", "total") for head in grid.headers):
            continue
        texts = [" ".join(head.text for head in stack) for stack in headings(grid)]
        days = [(reading.month, reading.day) for reading in map(read_words, texts)]
        for at, text in enumerate(texts[_QUARTERS:], _QUARTERS):
            months = [month for month, day in days[at - _QUARTERS : at] if month and day]
            month, day = days[at - 1]
            if len(months) < _QUARTERS or not by_quarters(months) or not month or not day:
                continue
            if text.lower().endswith(("year", "total")):
                return month, day
    return None


def _end_by_lengths(grids: tuple[Grid, ...]) -> tuple[int, int] | None:
    """The day before the first of the months to date that end with a quarter: `26 weeks ended August 3` beside `13 weeks
    ended August 3` began with February."""
    texts = _headings_told(grids)
    lengths = {(day, reading.months) for reading in map(read_words, texts) if (day := full_date(reading)) is not None}
    found = Counter(
        ((day.month - (day.day < _MIDDLE_OF_MONTH) - months - 1) % _YEAR + 1, 31)
        for day, months in lengths
        if months in _TO_DATE and (day, _QUARTER) in lengths
    )
    return found.most_common(1)[0][0] if found else None


def _end_by_sums(grids: tuple[Grid, ...]) -> tuple[int, int] | None:
    """The day before the first of the quarters that a year to date adds up in two rows or more: 1,515 under `FYTD24` beside
    512, 498 and 505 under `Mar-24`, `Dec-23` and `Sep-23`."""
    for grid in grids:
        if not any("YTD" in head.text or "o date" in head.text.lower() for head in grid.headers):
            continue
        readings = [read_words(" ".join(head.text for head in stack)) for stack in headings(grid)]
        so_far = next((at for at, reading in enumerate(readings) if reading.to_date), None)
        ends = sorted(
            (
                (reading.year * 12 + reading.month, at)
                for at, reading in enumerate(readings)
                if reading.year and reading.month and reading.months in (None, _QUARTER) and not reading.to_date
            ),
            reverse=True,
        )
        rows = [{cell.column: value_of(cell.english or cell.text)[0] for cell in row.cells} for row in grid.rows]
        for count in range(1, min(len(ends), _QUARTERS) + 1):
            last, columns = ends[count - 1][0], [at for _, at in ends[:count]]
            if ends[0][0] - last != _QUARTER * (count - 1):
                break
            if so_far is not None and sum(_adds_up(row, so_far, columns) for row in rows) >= _PAIR:
                return ((last - _QUARTER - 1) % 12 + 1, 31)
    return None


def _adds_up(row: Mapping[int, Decimal | None], total: int, parts: list[int]) -> bool:
    """Whether a figure is the sum of others in its row, none of them nil."""
    values = [value for at in parts if (value := row.get(at))]
    return len(values) == len(parts) and row.get(total) == sum(values, Decimal(0))


def _end_by_quarter(lines: tuple[str, ...]) -> tuple[int, int] | None:
    """The year's end as the opening's `first quarter ended September 30` tells it: that many quarters on."""
    found = re.search(_NAMED_QUARTER, _opening(lines))
    month = read_words(found.group(2)).month if found is not None else None
    if found is None or month is None:
        return None
    return (month + 3 * (4 - ORDINALS[found.group(1).lower()]) - 1) % 12 + 1, 31


def _end_by_half(lines: tuple[str, ...]) -> tuple[int, int] | None:
    """The year's end as the opening's `half year ended December 31` tells it, six months on, or `quarter and nine months
    ended March 31`, three."""
    opening = _opening(lines)
    found = re.search(_HALF_YEAR, opening) or re.search(_QUARTER_AND_YEAR, opening)
    month = read_words(found.group("end")).month if found is not None else None
    if found is None or month is None:
        return None
    left = _QUARTER if "nine" in found.group().lower() else 2 * _QUARTER
    return ((month + left - 1) % 12 + 1, 31)


def period_end(lines: tuple[str, ...]) -> date | None:
    """The period's end that one of the first lines names (`For the Period Ended September 30, 1995`)."""
    for line in lines[:120]:
        if len(line) < _LONG and re.search(_PERIOD_LINE, line):
            made = end_date(read_words(line), None)
            if made:
                return made
    return None


def identified(identity: Identity, setting: Setting, lines: tuple[str, ...], facts: tuple[Fact, ...]) -> Identity:
    """The identity with what the document itself says where the submission's header is silent."""
    end = reported_end(facts, identity.filed) or period_end(lines)
    if identity.period_end is not None and not identity.form.startswith("8-K"):
        # An 8-K's period of report is the day of the event, not the end of the quarter.
        end = identity.period_end
    return identity._replace(company=identity.company or setting.company, period_end=end or identity.period_end)


def reported_end(facts: tuple[Fact, ...], filed: date | None) -> date | None:
    """The latest period end that at least one in twelve of the figures has, what is hoped for and hedged left out, and
    that is not after the filing."""
    dated = [period for fact in facts if (period := fact.period) is not None and fact.table.kind not in _AHEAD]
    ends = Counter([period.end for period in dated])
    known = [end for end, count in ends.items() if 12 * count >= ends.total() and (filed is None or end <= filed)]
    return max(known, default=None)
