"""What a row counts: its unit, and what one printed unit stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from orebook.book.captions import Caption, currency_in, read_caption, scale_in, scaled_money
from orebook.book.stated import last_word_unit, stated_unit
from orebook.model.fact import Fact
from orebook.model.named import NamedTuple
from orebook.model.slotted import replaced

_PER_SHARE = re.compile(
    r"\bper[- ](?:common |ordinary |diluted |basic |class [a-z] )*(?:share\b|unit\b(?! of\b))|\bper (?:common )?(?:stock|equity) ?(?:share)|\bearnings per\b|\bEPS\b|\bper .{0,24}\bshare\b",
    re.IGNORECASE,
)
# Few documents hold such labels: the pattern is made where it is first asked for.
_EXERCISED_AT = r"(?i)(?:range of |weighted[- ]average )?(?:exercise|option|strike) prices?\b"
_SHARES = re.compile(
    r"\bweighted[- ]?average\b.*\bshares?\b|\baverage\b.*\b(?:common|number of|shares)\b.*\bshares?\b|\bshares?\b.*\boutstanding\b|\bnumber of\b.*\bshares\b"
    r"|\bshares used\b|\bequivalent shares\b|\b(?:average|avg\.?) (?:common |diluted |basic )*shares\b|\bin shares\b|^(?:basic|diluted|common|total|dilutive)?\s*shares\b|\bshares (?:issued|repurchased|authorized)$|^weighted average\b(?!.*\b(?:terms?|li(?:fe|ves)|rates?|yield|prices?|years|maturit(?:y|ies)|costs?|value|grades?|discount|beds|stores|restaurants|rooms|employees|customers|subscribers|lines|homes|square)\b)|^denominator\b|\bshare count\b|\boutstanding common shares\b|^(?:un)?(?:allocated|released|vested|earned|committed) shares\b|\bdilutive (?:effect|potential|securities|shares|(?:stock )?options)",
    re.IGNORECASE,
)  # fmt: skip
_NOT_SHARES = re.compile(
    r"\bpar value\b|\$\s?\d*\.?\d+ par\b|\bauthorized\b.*\b(?:issued|outstanding)\b|\bstock,|\bpreferred stock\b|\bno par\b|\bstated value\b|\bissuance\b|\bpurchases?\b|\bproceeds\b",
    re.IGNORECASE,
)
# `par value $.01 per share` describes a class of stock; the figure beside it is money.
_PAR = re.compile(r"\b(?:par|stated|liquidation) value\b|\bauthorized\b", re.IGNORECASE)
_AMOUNT_BEFORE = re.compile(r"\$\s?\d*\.?\d[\d.,]*(?:,? (?:and )?\$\s?\d*\.?\d[\d.,]*)*\s$")
# `Numerator for basic EPS` is money, `Denominator for basic EPS` shares.
_OF_A_RATIO = re.compile(r"\b(?:numerator|denominator)\b", re.IGNORECASE)
# What Canadian balance sheets call the money paid in for shares.
_CAPITAL = re.compile(
    r"(?:common|preferred|preference|ordinary|class [a-z]) shares$|[\d,]{5,}(?: and [\d,]{5,})?(?: (?:common|ordinary))? shares (?:issued|outstanding)\b"
    r"|(?:(?:common|ordinary|preferred|treasury) )?shares (?:issued|repurchased|cancell?ed|purchased|acquired|sold|redeemed|withheld)\b",
    re.IGNORECASE,
)
_TEN_MILLION = 8  # digits
_KINDS_OF_SHARES = frozenset(("basic", "diluted", "basic and diluted", "assuming dilution"))
_CENTS = 2  # decimals
_SHARES_LAST = re.compile(
    r"^(?:[a-z]+ ){0,3}shares number(?: of shares)?$|(?:^|(?<!treasury)(?<!esop)\s)shares(?: \(#\))?$", re.IGNORECASE
)
# Few documents hold such headings: the patterns are made where they are first asked for.
_NUMBER_OF = r"(?i)\bnumber of\b|\(#\)"
_COUNT = r"(?i)(?:(?:total |maximum |aggregate )?(?:number|no\.)|#) of "
_TURNOVER = r"(?i)\b(?:sales|revenues?|income|expenses?|costs?)\b"
# What a share, an option or a unit is worth, in columns beside their number.
_VALUE_OF_ONE = r"(?i)\b(?:exercise|option|grant|strike) prices?\b|\bgrant[- ]date fair value|\bfair value per (?:unit|rsu|option|award)\b"
_AGGREGATE = r"(?i)\baggregate\b|\btotal\b|\bthousands?\b|\bmillions?\b"
_MONEY_BRACKET = re.compile(r"\((?:in )?(?:US|C|A)?\$")
_MONEY_ALONE = r"\((?:US|Cdn|[CA])?\$(?: ?(?:per|/)[^()]*)?\)(?: (?:19|20)\d\d)?$"
_PRICED = ("/oz", "/lb", "/ton", "/tonne")
# Few headings are scales and nothing else, or call what stands under them financial: made where one is asked for.
_ALL_SCALE = r"(?i)(?:(?:all|amounts|figures|dollars|stated|expressed|shown|are) )*in (?:thousands|millions) of\b"
_FINANCIAL = r"(?i)\bfinancials?\b|\bearnings\b|\bincome\b|\brevenues?\b|\bcash flows?\b|\bprofit\b"
_PRECIOUS = r"(?i)\b(?:gold|silver|platinum|palladium)\b"
_PRICES = r"(?i)\bprices?\b"
_SEVERAL = r"(?i)\b(?:ounces|tons|tonnes|pounds|reconcil\w+|production,? and|and production)\b"
_NO_DOLLARS = frozenset(("ZAR", "EUR", "GBP", "JPY", "CHF"))
_GRADES = frozenset(("oz/ton", "g/t", "cents/lb"))
_SCALES_LAST = ("- thousands", "- millions", "– thousands", "– millions", ", thousands", ", millions")
SENTENCE_ABOVE = "scale.sentence-above"
PHYSICAL = frozenset(("oz", "ton", "tonne", "lb"))
_LABEL_UNITS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?!.*\b(?:costs?|prices?|values?|revenues?)\b)(?:.*\b(?:ounces?|oz)\.?(?: of [a-z]+)? per (?:short )?ton\b|.*\bgrade ?/ ?(?:ag|au|silver|gold)? ?(?:oz|ounces?)$)", re.IGNORECASE), "oz/ton"),
    (re.compile(r"\bdivided by\b.*\b(?:ounces|oz)\b|^(?:[a-z]+ )?ounces used (?:in|for|to)\b", re.IGNORECASE), "oz"),
    (re.compile(r"\bgram(?:me)?s? per (?:metric )?ton", re.IGNORECASE), "g/t"),
    (re.compile(r"\bper\b.{0,28}\b(?:ounces?|oz|GEOs?)\b", re.IGNORECASE), "{money}/oz"),
    (re.compile(r"/ ?(?:[A-Za-z]{2,6} ){0,2}(?:oz|ounce)\b", re.IGNORECASE), "{money}/oz"),
    (re.compile(r"\bper (?:payable )?(?:pound|lb)\b", re.IGNORECASE), "{money}/lb"),
    (re.compile(r"\bper (?:kilogram|kg)\b", re.IGNORECASE), "{money}/kg"),
    (re.compile(r"\bper (?:tonne|metric ton)\b", re.IGNORECASE), "{money}/tonne"),
    (re.compile(r"\bkilograms\b|\(kg\)", re.IGNORECASE), "kg"),
    (re.compile(r"\bper (?:(?:short|long|ore|dry|wet|net) )?ton\b(?![- ](?:mile|kilomet))", re.IGNORECASE), "{money}/ton"),
    (re.compile(r"\b(?:metric tons|tonnes)\b", re.IGNORECASE), "tonne"),
    (re.compile(r"\btons\b", re.IGNORECASE), "ton"),
    (re.compile(r"\b(?:ounces|ozs?|GEOs)\b(?!.*\b(?:cost|price|value)\b)", re.IGNORECASE), "oz"),
    (re.compile(r"^(?:.* )?days? (?:of|in) (?:operation|period|production)\b|\bdays of operation\b|\bdays sales outstanding\b|^dso$|\b(?:selling|working|business|trading|calendar) days$|\((?:in )?days\)|\blength of stay\b", re.IGNORECASE), "days"),
    (re.compile(r"\b(?:pounds|lbs)\b(?!.*\b(?:cost|price|sterling)\b)", re.IGNORECASE), "lb"),
    (re.compile(r"\b(?:percent|percentage|per cent)\b(?! (?:of|change))|\(%\)|^%|% changes?\b|\b(?:efficiency|combined|operating) ratio\b|^[a-z -]+ to (?:average|total|period-end|year-end|risk-weighted) (?:[a-z-]+ )*(?:loans|assets|equity|deposits)$|\beffective (?:income )?tax rate\b|\b(?:margin|yield|return) (?:on|%)\b|% of\b|\bpercentage of\b|\bas an? per ?cent of\b", re.IGNORECASE), "%"),
    (re.compile(r"\bnumber of\b|^employees(?: at .*)?\s*$|\bholders of record\b|\b(?:share|stock)holders of record\b|\bstores\b|\b(?:store|restaurant|unit|employee) counts?\b|\bsquare feet\b|^(?:total |active |paying )*customers\s*$|\bactive communities\b|^(?:total |active )?customers (?:>|with|over|greater)|\bpassengers\b|\bheadcount\b|\bratio\b|\bremaining (?:contractual )?(?:lease )?(?:term|life)\b|^aircraft\s*$|^aircraft (?:in|at|owned|operated)\b|\bdepartures\b|\bblock hours\b|\bseat miles\b|\bpassenger miles\b|\bgallons\b|\bload factor\b|\bunits (?:sold|shipped)\b|\binventory turn(?:s|over)\b|\bwafer (?:starts|outs)\b|\bunits in service\b|^(?:adjusted )?net leverage(?: ratio)?(?: \(non-gaap\))?$|\bcurrent ratio\b|^(?!.*\b(?:effect|impact|gain|loss)).*\bexchange rates?(?: \([^()]*\))?$|\btimes\b$|\(hours per\b|\((?:in )?(?:miles|years|months|feet|met(?:er|re)s)\)|^(?:total |average )?miles\b", re.IGNORECASE), "pure"),
)  # fmt: skip
# What other trades count: energy, customers, homes, rooms; `(per Bbl)` and `$/Mcf` are prices. Few labels are asked.
_OF_TRADES = (
    r"(?i)^(?!.*(?:\bper\b|\$|\b(?:revenues?(?! (?:ton|passenger|train|car|freight)[- ])|costs?|prices?|sales of)\b))(?:.*\b(?:[kmg]wh|kilowatt[- ]?hours?|megawatt[- ]?hours?|megawatts|mw|[mb]cfe?|mmcfe?|mm?btu|mm?bbls?|bbls?|barrels|mm?boe|boe|mdth|dekatherms|dth|bopd)(?:/d(?:ay)?)?\b"
    r"|.*\bdegree[- ]days\b"
    r"|.*\b(?:(?:access|customer|telephone) lines|lines in service|minutes|(?:toll|long distance) messages)\b"
    r"|.*\b(?:admissions|patient days|patient visits|average daily census|beds)\b"
    r"|.*\b(?:investment executives|registered representatives|financial (?:advisors|consultants)|guest counts?|(?:operating|restaurant|store) weeks)\b"
    r"|.*\b(?:lin(?:e)?age|inches|preprints|inserts|paid circulation|(?:daily|sunday) circulation)\b"
    r"|.*\bsubscribers\b(?: at\b.*)?$"
    r"|.*\bcustomers (?:at|served)\b"
    r"|.*\b(?:gross|net|producing) wells\b"
    r"|.*\bwells (?:drilled|completed|operated|spudded)\b"
    r"|.*\brig count\b"
    r"|.*\b(?:rooms (?:available|occupied)|(?:available|occupied) rooms|room nights)\b"
    r"|.*\b(?:homes|units) (?:closed|delivered|ordered|in backlog)\b"
    r"|.*\(units\)"
    r"|.*\b(?:ton|revenue|loaded|train|car|track|freight)[- ]miles\b|.*\bmiles of (?:road|track|line)\b"
    r"|(?:.* )?\(?(?:asms|rpms|rtms|gtms)\b"
    r"|.*\bcarloads\b"
    r"|.*\bacres\b"
    r"|.*\bbanking offices\b"
    r"|.*\bfull-time equivalents?\b)"
)
_OCCUPIED = r"(?i)^(?:average |hotel |portfolio )?occupancy(?: rate| percentage)?(?: (?:19|20)\d\d)?$"
_TRADES = (
    *("minutes", "messages", "admission", "patient", "census", "length of", "beds", "linage", "lineage", "inches", "inserts", "circulation"),
    *("executives", "representatives", "advisors", "consultants", "count", "weeks", "preprints"),
    *("wh", "watt", "mw", "cf", "btu", "bbl", "barrel", "boe", "dth", "bopd", "degree", "lines", "subscriber", "customers", "wells"),
    *("rig ", "rooms", "homes", "units", "miles", "carload", "acres", "offices", "full-time", "occupancy"),
    *("asms", "rpms", "rtms", "gtms"),
)  # fmt: skip
# Money by what a trade counts, which no caption in thousands scales: `Sales per square foot  $148`, `Cost per Mcfe`.
_RATE = (
    r"(?i)\bper (?:[a-z][a-z.-]* ){0,3}(?:square foot|square meter|sq\. ?ft|foot|customer|subscriber|unit|room|passenger|employee|store|barrel|bbl|mcfe?|mm?btu"
    r"|btu|boe|[km]wh|kilowatt[- ]?hour|megawatt[- ]?hour|discharge|procedure|surgery|hundredweight|package|piece|stop|account|trade|contract|vehicle|seat|site|mile|ton-mile|load|day|week|hour|gallon|acre|home|patient|bed|member|policy|transaction"
    r"|ticket|visit|trip|minute|line|message|minute of use|admission|patient day|carload|container|shipment|ton[- ]mile|car[- ]mile|train[- ]mile|truck|tractor|head|bushel|case|cwt|night|asm|rpm|restaurant|location|property)\b"
)
_NAMES_OF_RATES = r"(?i)^(?:revpar|adr|average (?:daily rate|room rate|fare|ticket|check))\b|\barpu\b"


# One look that spares most labels the whole list.
_ANY_UNIT_WORD = re.compile(
    r"ounce|oz|geo|stay|ton|pound|lb|kg|kilogram|days?\b|^dso$|leverage|per ?cent|%|rate\b|number|employee|record|store|restaurant|square|customer"
    r"|passenger|headcount|communit|remaining|ratio|aircraft|departure|hours|miles|gallon|factor|unit|times|years|months|feet|met[er]|y turn|wafer|to average |to total |weighted "
)


class Counted(NamedTuple):
    """A row's unit and scale, and the names of the rules that found them."""

    unit: str
    scale: int
    trace: tuple[str, ...]


class Ground(NamedTuple):
    """What a table says of units before any row speaks: its caption, and the shares' scale that the document states
    elsewhere; `money` is False where nothing in the table is money; `scale_rule` names the rule that found the scale
    where it is not the table's own caption; `capital` is True where rows called after shares alone are share capital, as in
    a balance sheet; `unit` is what its title or caption names for rows that name none."""

    caption: Caption
    shares_elsewhere: int | None
    money: bool
    scale_rule: str
    cash_flows: bool = False
    concepts: bool = True
    unit: str = ""
    capital: bool = False


def _as_stated(
    unit: str, label: str, headings: tuple[str, ...], money: str, ground: Ground, *, signed: bool
) -> Counted:
    """A row by the unit that its label states; with a currency sign it is a price by that unit (`LME cash (lb)  $0.20`)."""
    if unit in PHYSICAL and signed:
        return Counted(f"{money}/{unit}", 1, ("unit.stated-in-label",))
    stated = _scale_over(headings) if headings and unit in PHYSICAL and scale_in(label) is None else None
    if stated:
        return Counted(unit, stated, ("unit.stated-in-label", "scale.stated-in-heading"))
    return Counted(unit.replace("{money}", money), scale_of(unit, label, ground), ("unit.stated-in-label",))


def table_unit(title: str, caption: str) -> str:
    """The unit that a table's caption or title names for rows that name none: `(Ounces)`, `COST PER OUNCE`.

    A title that names quantities beside their costs speaks for neither.
    """
    stated = stated_unit(caption) or stated_unit(title)
    if stated:
        return stated
    found = _by_words(title)
    return found if found.endswith(_PRICED) and not re.search(_SEVERAL, title) else ""


def count_row(label: str, headings: tuple[str, ...], decimals: int, signed: bool, ground: Ground) -> Counted:
    """The unit and scale of a row.

    `decimals` is the largest number of decimals printed in the row, `signed` whether a currency sign stands in it.
    The label speaks first, then its headings, then the caption.
    """
    money = _money_of(label, headings, ground)
    bracket = stated_unit(label)
    if bracket:
        return _as_stated(bracket, label, headings, money, ground, signed=signed)
    other = scaled_money(label)
    if other is not None:
        return Counted(*other, ("unit.money", "scale.stated-in-label"))
    own = scale_in(label) if "(" in label or "$" in label or label.endswith(_SCALES_LAST) else None
    capital = ground.capital and _CAPITAL.match(label.partition(" (")[0]) is not None
    if not (signed or ground.cash_flows or capital) and _is_shares(label, headings, decimals):
        stated = own or next((scale for text in reversed(headings) if "(" in text and (scale := scale_in(text))), None)
        scale, rule = _share_scale(stated, ground, decimals)
        return Counted("shares", scale, ("unit.shares", rule))
    over = _of_shares(label, headings, decimals)
    if (("er" in label or "ER" in label or "EPS" in label) and _is_per_share(label)) or (
        over and (decimals >= 2 or over == "cents")
    ):
        cents = (over == "cents" or _in_cents(label)) and "$" not in label
        return Counted("cents/share" if cents else f"{money}/share", 1, ("unit.per-share",))
    found, said = _of_label(label, headings), label
    rule = "unit.words-of-label"
    if not found:
        found, said = _of_headings(headings, label)
        rule = "unit.words-of-heading"
        bare = decimals and scale_in(said) is None and not ground.caption.other
        if found in PHYSICAL and (signed or (bare and (decimals > 1 or _is_priced(label, said)))):
            found = ""
    if found.endswith("/lb") and not signed and "$" not in said and _in_cents(said):
        found = "cents/lb"
    if found and not (signed and found in {"oz", "ton", "tonne", "lb", "pure", "%"}):
        stated = _scale_over(headings) if headings and said is label and found in PHYSICAL and not own else None
        if stated:
            return Counted(found, stated, (rule, "scale.stated-in-heading"))
        return Counted(found.replace("{money}", money), scale_of(found, said, ground), (rule,))
    table = _of_table(label, own, decimals, money, ground, signed=signed) if ground.unit else None
    return table or _money_row(label, headings, own, decimals, money, ground, signed=signed)


def _is_priced(label: str, heading: str) -> bool:
    """Whether a word of a label, or of the heading over it, is of money by the weight that the heading names."""
    return says_money(label) or says_money(heading)


def _of_shares(label: str, headings: tuple[str, ...], decimals: int) -> str:
    """What the headings over a row count a share in; `Basic` and `Diluted` to the cent are money a share, though the line
    that says so is lost."""
    over = _shares_over(headings) if headings and not _by_words(label) else ""
    bare = decimals == _CENTS and label.strip("-– ").lower() in _KINDS_OF_SHARES
    return over or ("money" if bare else "")


def _money_of(label: str, headings: tuple[str, ...], ground: Ground) -> str:
    """The currency of a row of money: a dollar sign in its label or its heading is none of rand."""
    money = currency_in(label) or ground.caption.currency or "USD"
    if money in _NO_DOLLARS and ("$" in label or (headings and "$" in headings[-1])):
        return "USD"
    return money


def _of_label(label: str, headings: tuple[str, ...]) -> str:
    """The unit that the words of a label name; `Retail stores` under `Net sales` is money, `Operating ratio` under `RATIOS
    (percent)` and `Admissions` under `% changes from prior year` are per cent."""
    found = _by_words(label)
    if found == "pure" and headings and label[-1:] != ")" and not re.search(_NUMBER_OF, label):
        over = headings[-1]
        if re.search(_TURNOVER, over) or "%" in {stated_unit(over), _by_words(over)}:
            return ""
    return found


def _of_table(
    label: str, own: int | None, decimals: int, money: str, ground: Ground, *, signed: bool
) -> Counted | None:
    """What a row that says nothing itself counts by the title of its table."""
    if (signed or "$" in label) and (ground.unit in PHYSICAL or ground.unit == "shares"):
        return None
    if ground.unit == "shares":
        scale, rule = _share_scale(own, ground, decimals)
        return Counted("shares", scale, ("unit.of-the-table", rule))
    if own:
        return None
    return Counted(ground.unit.replace("{money}", money), scale_of(ground.unit, label, ground), ("unit.of-the-table",))


def _heads_counts(headings: tuple[str, ...]) -> bool:
    """Whether one of the headings is that of a section of counts and averages."""
    lows = map(str.lower, headings)
    return any("statistic" in low or "operating data" in low or "operating highlights" in low for low in lows)


def _money_row(
    label: str, headings: tuple[str, ...], own: int | None, decimals: int, money: str, ground: Ground, *, signed: bool
) -> Counted:
    """A row that nothing says to count otherwise than money."""
    counts = bool(headings) and not signed and _heads_counts(headings) and not says_money(f"{headings[-1]} {label}")
    if ground.caption.money and not own and _is_rate(label, headings) and not (counts and _is_ratio(label)):
        return Counted("cents" if not signed and _in_cents(label) else money, 1, ("unit.money", "scale.rate"))
    if counts:
        return _row_of_counts(label, headings, own, decimals, ground)
    told = _scaled_by(headings) if headings and not own else None
    other = None if signed else _other_than_money(label, headings, own, told, ground)
    if other is not None:
        return other
    if told is not None and (told.currency != "" or ground.money or signed):
        return Counted(told.currency or money, told.money or 1, ("unit.money", "scale.stated-in-heading"))
    if own:
        return Counted(money, own, ("unit.money", "scale.stated-in-label"))
    excepted = ground.caption.excepted and ground.caption.excepts(label)
    scale = 1 if excepted else ground.caption.money or 1
    origin = ground.scale_rule or "scale.caption" if ground.caption.money else "scale.exact"
    return Counted(money, scale, ("unit.money", origin))


def _row_of_counts(label: str, headings: tuple[str, ...], own: int | None, decimals: int, ground: Ground) -> Counted:
    """A row of a section of counts and averages."""
    if "(cents)" in label.lower():
        return Counted("cents", 1, ("unit.words-of-label",))
    if own or (own := scale_in(headings[-1])):
        return Counted("pure", own, ("unit.words-of-heading", "scale.stated-in-label"))
    average = decimals or label[:7].lower() == "average"
    return Counted("pure", 1 if average else ground.caption.other or 1, ("unit.words-of-heading",))


def _other_than_money(
    label: str, headings: tuple[str, ...], own: int | None, told: Caption | None, ground: Ground
) -> Counted | None:
    """What a row without a sign counts where no word of it, and none over it, is of money; `told` is the caption that a
    heading over it makes. None for money."""
    if "(cents)" in label.lower():
        return Counted("cents", 1, ("unit.words-of-label",))
    if told is not None:
        stated = ground.caption.money and not ground.scale_rule
        if told.currency == "" and not (stated or says_money(label) or _over_money(headings)):
            # `Residential PSUs (in thousands)`
            return Counted("pure", told.money or 1, ("unit.no-word-of-money", "scale.stated-in-heading"))
        if told.currency != "" or ground.money:
            return None
    dollars = "$" in label or "ollar" in label
    if not own and ground.caption.money is None and _in_cents(label):
        return Counted("cents", 1, ("unit.money", "scale.exact"))
    if not ground.money and not _MONEY_BRACKET.search(label) and not (own and dollars):
        over = told.money or told.other if told is not None else None
        if over:
            return Counted("pure", over, ("unit.nothing-says-money", "scale.stated-in-heading"))
        scaled = () if own or not ground.caption.other else (ground.scale_rule or "scale.caption",)
        return Counted("pure", own or ground.caption.other or 1, ("unit.nothing-says-money", *scaled))
    if own and not (dollars or says_money(label)):
        # `Active accounts (in thousands)`
        return Counted("pure", own, ("unit.no-word-of-money", "scale.stated-in-label"))
    return None


def _over_money(headings: tuple[str, ...]) -> bool:
    return any(map(says_money, headings))


@lru_cache(4096)
def _is_rate(label: str, headings: tuple[str, ...]) -> bool:
    """Whether a row tells money by something that its label, or the heading right above it, names."""
    texts = [f" {text.lower()}" for text in (label, *headings[-1:])]
    return any(map(_may_be_rate, texts)) and any(
        re.search(_RATE, text[1:]) or re.search(_NAMES_OF_RATES, text[1:]) for text in texts
    )


def _is_ratio(label: str) -> bool:
    """Whether a row counts things by other things: `Access lines per employee`; `Yield per RPM (cents)` is money."""
    return " per " in label and "ield" not in label and not _in_cents(label) and not re.search(_NAMES_OF_RATES, label)


def _may_be_rate(text: str) -> bool:
    return " per " in text or "(per " in text or "arpu" in text or text.startswith((" revpar", " adr", " average "))


def _in_cents(text: str) -> bool:
    low = text.lower()
    return "cents" in low or "pence" in low or "¢" in low or "(cps)" in low


@lru_cache(4096)
def _shares_over(headings: tuple[str, ...]) -> str:
    """What headings count a share in: `cents`, `money`, or "" where none speaks of shares."""
    told = [text for text in headings if _per_share_in(text)]
    return "" if not told else "cents" if _in_cents(told[-1]) else "money"


def _per_share_in(text: str) -> re.Match[str] | None:
    """Where a text says that it counts per share, or tells what options are exercised at."""
    low = text.lower()
    found = re.match(_EXERCISED_AT, text) if "price" in low else None
    return found or (_PER_SHARE.search(text) if "per" in low or "eps" in low else None)


@lru_cache(4096)
def _scaled_by(headings: tuple[str, ...]) -> Caption | None:
    """The money and its scale that the bracket of the nearest heading states (`FINANCIAL RESULTS (Rand million)`), or all
    of a heading (`In thousands of US dollars`); its currency is "" where nothing says that it is money."""
    for text in reversed(headings):
        said = text[text.index("(") :] if "(" in text else text if re.match(_ALL_SCALE, text) else ""
        if not said and "- " in text and text[-1] in "sS":
            said = f"({text.rpartition('- ')[2]})"  # `Sales margin - In millions`
        found = read_caption(said) if said and scale_in(text) else Caption()
        if found.money and not stated_unit(text):
            told = found.currency or "$" in text or "ollars" in text or re.search(_FINANCIAL, text)
            return found if told else found._replace(currency="")
    return None


@lru_cache(4096)
def _scale_over(headings: tuple[str, ...]) -> int | None:
    """The scale that the bracket of a heading states for rows of weights and ounces (`Operations (000's)`): of the nearest
    that states one or names a unit."""
    for text in reversed(headings):
        bracket = text[text.index("(") :] if "(" in text else ""
        found = scale_in(bracket) if bracket else None
        if found is not None:
            return None if read_caption(bracket).currency or "$" in text or "ollar" in text else found
        if names_unit(text):
            return None
    return None


def names_unit(label: str) -> bool:
    """Whether a label says by which unit its row counts, other than money."""
    return bool(stated_unit(label) or _is_per_share(label) or _by_words(label))


def measures_metal(label: str) -> bool:
    """Whether a label says that its row counts ore or metal, or money by them."""
    found = stated_unit(label) or _by_words(label)
    return found in PHYSICAL or found in _GRADES or found.endswith(_PRICED)


def _of_headings(headings: tuple[str, ...], label: str) -> tuple[str, str]:
    """The unit that the nearest of the headings names, and that heading; that of `Silver - London fixing` under `Average
    metal prices` is dollars per ounce."""
    for text in reversed(headings):
        found = stated_unit(text) or _by_words(text)
        if found:
            return found, text
    if headings and "rice" in headings[-1].lower() and re.search(_PRICES, headings[-1]) and re.search(_PRECIOUS, label):
        return "{money}/oz", headings[-1]
    return "", ""


@lru_cache(4096)
def _by_words(text: str) -> str:
    low = text.lower()
    if _ANY_UNIT_WORD.search(low):
        for pattern, unit in _LABEL_UNITS:
            if pattern.search(text):
                return unit
    if not any(map(low.__contains__, _TRADES)):
        return ""
    return "pure" if re.search(_OF_TRADES, text) else "%" if re.match(_OCCUPIED, text) else ""


def _is_per_share(label: str) -> bool:
    """Whether a row counts by the share; `Dividends ($.08 per share)` states an amount in its label and counts money."""
    found = _per_share_in(label)
    if found is None or _PAR.search(label) or _OF_A_RATIO.search(label):
        return False
    return not _AMOUNT_BEFORE.search(label, 0, found.start())


def column_counts(heading: str, ground: Ground) -> Counted | None:
    """What a column counts by its heading (`COMMON STOCK SHARES`, `Tons (000's)`, `Capital ($M)`); None where that says
    nothing. `Impact on cash flow ($ millions)` counts so beside any row."""
    found = _column_counts(heading, ground)
    effect = found is not None and "(" in heading and re.search(_EFFECT, heading)
    return found._replace(trace=(OF_EFFECT, *found.trace[1:])) if found and effect else found


def _column_counts(heading: str, ground: Ground) -> Counted | None:
    """What the words of a heading say that its column counts."""
    if "xcept" in heading:
        heading = heading.rpartition(")")[2]  # a caption that reaches over the columns
    outright = _counted_outright(heading, ground)
    if outright is not None:
        return outright
    money = currency_in(heading) or ground.caption.currency or "USD"
    counted = re.match(_COUNT, heading) if " of " in heading else None
    if counted:
        own = scale_in(heading)
        if re.match(r"shares\b", heading[counted.end() :], re.IGNORECASE):
            return shares_of(ground, 0, own)
        return Counted("pure", own or ground.caption.other or 1, ("unit.column-heading",))
    if (
        ("rice" in heading or "alue" in heading)
        and re.search(_VALUE_OF_ONE, heading)
        and not re.search(_AGGREGATE, heading)
    ):
        return Counted(f"{money}/share", 1, ("unit.column-heading",))
    if ("hare" in heading or "EPS" in heading) and _is_per_share(heading):
        return Counted(f"{money}/share", 1, ("unit.column-heading",))
    stated = (stated_unit(heading) if "(" in heading else "") or last_word_unit(heading)
    found = stated or _by_words(heading)
    if found not in PHYSICAL and not found.endswith(_PRICED) and not stated:
        return _of_money_or_numbers(heading, found, money, ground)
    unit = found.replace("{money}", money)
    return Counted(unit, scale_of(found, heading, ground), ("unit.column-heading",))


def _of_money_or_numbers(heading: str, found: str, money: str, ground: Ground) -> Counted | None:
    """What a column counts whose heading names no weight and no price: money or mere numbers (where `found` is `pure`), in
    the scale that it states; None where it states none."""
    if (told := scaled_money(heading)) is not None:
        return Counted(*told, ("unit.column-heading", "scale.column-heading"))
    signed = "$" in heading
    own = scale_in(heading) if "(" in heading or signed else None
    if found == "%":
        return Counted("%", 1, ("unit.column-heading",))
    if ground.money and not signed and _is_rate(heading, ()):
        return Counted(money, 1, ("unit.column-heading", "scale.rate"))
    if found == "pure" and not signed:
        return Counted("pure", scale_of("pure", heading, ground), ("unit.column-heading",))
    unit = money if ground.money or signed else "pure"
    if own is None and signed and re.search(_MONEY_ALONE, heading):
        return Counted(money, 1, ("unit.column-heading",))
    return Counted(unit, own, ("unit.column-heading", "scale.column-heading")) if own else None


# `Number outstanding at 12/31/00`, `Number exercisable` beside exercise prices
_OPTIONS_LEFT = r"(?i)\bnumber (?:of options )?(?:outstanding|exercisable)\b"
# `Estimated useful lives in years`, `Weighted average remaining contractual life`
_IN_YEARS = (
    r"(?i)\b(?:useful|contractual|remaining|depreciable|estimated|service|asset) li(?:fe|ves)(?:,? \(?(?:in )?(?:years|yrs)\)?)?$"
    r"|\((?:in )?years\)$"
)


# `Units` over `2016   2015`: what a column counts and nothing else but its time.
_COUNTED_WORDS = ("units", "homes", "lots", "stores", "restaurants", "rooms", "beds", "employees", "headcount")
_COUNTED_COLUMN = (
    rf"(?i)(?:.* (?:19|20)\d\d )?(?:# |no\. |number )?(?:of )?(?:{'|'.join(_COUNTED_WORDS)})"
    r"(?: (?:(?:three|six|nine|twelve) months ended )?(?:[a-z]+\.? \d{1,2},? ?)?(?:19|20)\d\d)?$"
)
# `Square feet`, `GLA (sq. ft. in 000s)`; `Rent per square foot`, `Rent PSF`
_AREA = r"(?i)\b(?:square (?:foot|feet|footage|meters?|metres?)|sq\.? ?(?:ft|m)\b|psf\b)"


# Rows that are money whether or not a sign stands at them. Few tables are asked.
_OF_MONEY = (
    r"(?i)\b(?:revenues?|sales|income|earnings|profit|loss(?:es)?|costs?|expenses?|expenditures?|capital|debt|assets|liabilit\w+|equity|cash|price|prices"
    r"|proceeds|dividends?|value|royalt\w+|tax(?:es)?|interest|margin|ebitdax?|ffo|payments?|dollars?|amounts?|fees?|charges?|receivables?|payables?|wages"
    r"|loans?|deposits?|backlog|orders|premiums?|securities|investments?|goodwill|amortization|depreciation|compensation|gains?|funds|sg&a|g&a|r&d|dd?&a|capex|aisc|noi|spend(?:ing)?|rent(?:al)?s?)\b"
)


def says_money(text: str) -> bool:
    """Whether a word of a text is of money."""
    return re.search(_OF_MONEY, text) is not None


OF_QUOTIENT = "unit.part-of-a-quotient"
OF_EFFECT = "unit.of-an-effect"
# What a column tells of a change that its rows name, by whatever those are counted.
_EFFECT = r"(?i)\b(?:impact|effect|sensitivity)\b"


def _counted_outright(heading: str, ground: Ground) -> Counted | None:
    """What a heading says by its last words, or by a rate for which no unit is known (`Cents per ASM`) or a time."""
    if _SHARES_LAST.search(heading) or ("umber" in heading.lower() and re.search(_OPTIONS_LEFT, heading)):
        return shares_of(ground, 0)
    if heading[-2:] == "Mt" and heading[-3:-2] in {"", " ", "("}:
        return Counted("tonne", 1_000_000, ("unit.column-heading", "scale.column-heading"))
    if "umerator" in heading or "UMERATOR" in heading:
        money = ground.caption.currency or "USD"
        return Counted(money, ground.caption.money or 1, (OF_QUOTIENT, "scale.caption"))
    if "enominator" in heading or "ENOMINATOR" in heading:
        counted = shares_of(ground, 0)
        return counted._replace(trace=(OF_QUOTIENT, *counted.trace[1:]))
    low = heading.lower()
    if ("sq" in low or "psf" in low) and (area := re.search(_AREA, heading)):
        priced = "er " in heading[: area.start()] or area.group().lower() == "psf"
        money = ground.caption.currency or "USD"
        return Counted(money if priced else "pure", 1 if priced else scale_in(heading) or 1, ("unit.column-heading",))
    rate = "ents per" in heading and not (last_word_unit(heading) or _by_words(heading))
    if any(map(low.__contains__, _COUNTED_WORDS)) and re.match(_COUNTED_COLUMN, heading):
        return Counted("pure", scale_in(heading) or 1, ("unit.column-heading",))
    if rate or (("li" in low or low.endswith("years)")) and re.search(_IN_YEARS, heading)):
        return Counted("pure", 1, ("unit.column-heading",))
    return None


def shares_of(ground: Ground, decimals: int, own: int | None = None) -> Counted:
    """What a column of shares, printed with so many decimals, counts; `own` is the scale that its heading states."""
    scale, rule = _share_scale(own, ground, decimals)
    return Counted("shares", scale, ("unit.shares-column", rule))


def in_full(counted: Counted, texts: Iterable[str], digits: int = _TEN_MILLION) -> Counted:
    """What a column of shares counts: ten million (or as many `digits`) printed in it are no thousands of shares, though the
    document counts shares in thousands elsewhere."""
    if counted.scale == 1 or counted.trace[-1] != "scale.shares-as-elsewhere-in-the-document":
        return counted
    long = any(sum(map(str.isdecimal, text)) >= digits and "." not in text for text in texts)
    return Counted(counted.unit, 1, (*counted.trace[:-1], "scale.shares-in-full")) if long else counted


def recounted(fact: Fact, counted: Counted) -> Fact:
    """A fact by what it was found to count after all; what it was taken for before leaves no trace."""
    rest = [rule for rule in fact.trace if not rule.startswith(("unit.", "scale."))]
    return replaced(fact, unit=counted.unit, scale=counted.scale, trace=(*counted.trace, *rest))


@lru_cache(4096)
def _is_shares(label: str, headings: tuple[str, ...], decimals: int) -> bool:
    if not any(
        "hare" in text or "HARE" in text or "eighted" in text or "ilut" in text or "enominator" in text
        for text in (label, *headings[-1:])
    ):
        return False
    if _NOT_SHARES.search(label) or (headings and label.lower() == "weighted average" and _counts_else(headings[-1])):
        return False
    if _SHARES.search(label):
        return decimals < 2 or not _per_share_in(label)
    if decimals < 2 and not _per_share_in(label):
        return any(_SHARES.search(text) and not _NOT_SHARES.search(text) for text in headings[-1:])
    return False


def _counts_else(heading: str) -> bool:
    """Whether a heading says what is averaged under it, and that it is no shares."""
    return not _SHARES.search(heading) and bool(stated_unit(heading) or _by_words(heading))


def _share_scale(own: int | None, ground: Ground, decimals: int) -> tuple[int, str]:
    if own:
        return own, "scale.stated-in-label"
    if ground.caption.shares and ground.scale_rule == "scale.inherited":
        return ground.caption.shares, "scale.shares-as-elsewhere-in-the-document"
    if ground.caption.shares:
        return ground.caption.shares, SENTENCE_ABOVE if ground.scale_rule == SENTENCE_ABOVE else "scale.caption"
    if ground.shares_elsewhere and ground.caption.money:
        return ground.shares_elsewhere, "scale.shares-as-elsewhere-in-the-document"
    if decimals and ground.caption.money:
        return ground.caption.money, "scale.shares-with-decimals"
    return 1, "scale.exact"


def scale_of(unit: str, label: str, ground: Ground) -> int:
    """The scale of a unit that a label states: its own, or what the caption says of such units."""
    own = scale_in(label)
    if own and "/" not in unit:
        return own
    if unit == "oz" and ground.caption.ounces:
        return ground.caption.ounces_for(label) or 1
    if unit in {"ton", "tonne", "lb"} and ground.caption.other:
        return ground.caption.other
    if unit == "pure" and not ground.money and ground.caption.other:
        return ground.caption.other
    return 1
