"""Captions -> currency and scales: `(dollars and shares in thousands, except per share amounts)`."""

from __future__ import annotations

import re
from functools import lru_cache

from orebook.model.named import NamedTuple

_SCALES = (
    (re.compile(r"\bin\s+thousands?\b|\bthousands?\s+of\b|(?<!\b000,)\b000'?s\b|\(000s?\b(?!,)|['’]000\b|\bthousands omitted\b|\$[A-Z]?\s?['’]?000\b|\$[A-Z]{0,3}\s?thousands?\b|\bin\s+000\b|\((?:t|oz|kg|lbs?)['’]?000\)|(?-i:\b(?:USD|CAD|AUD|EUR|GBP|ZAR|RMB|CHF)\s?['’]?000s?\b)|\bthousand\s+dollars\b|\b000s? omitted\b|\(thousands?\b|\bthousands?\)|\bin\s+\$?thousands\b|\bthousands?\s+(?:of\s+)?(?:(?:short|long|metric|dry|troy)\s+)?(?:tons|tonnes|ounces|oz|pounds|lbs|mt|t|kg|kilograms)\b|\bkoz\b|\bkt\b|\bklbs?\b|\b(?:tons|tonnes|ounces|oz|kg|lbs?|pounds)\s000\b|[-–,]\sthousands$|\bthousands(?=,? (?:except|unless)\b)|\b000[\s'’]?(?:t|tons|tonnes|oz|ounces|kg|lbs?|pounds)\b", re.IGNORECASE), 1000),
    (re.compile(r"(?<![\d,])000,000'?s?\b|\bin\s+millions?\b|\bmillions?\s+of\b|\$[A-Z]{0,3}\s?millions?\b|\$\s?(?:MM?|mln)\b|(?-i:\b(?:USD|CAD|AUD|EUR|GBP|ZAR|RMB|CHF)\s?(?:millions?|MM?|m|mln)\b)|(?-i:\(Mt\)|, Mt$)|\bmillions\s+omitted\b|\(millions?\b|\bmillions?\)|\bin\s+\$?millions\b|\bmillions?\s+(?:(?:short|long|metric|dry|troy)\s+)?(?:tons|tonnes|ounces|oz|pounds|lbs|mt|t)\b|(?-i:\(M (?:lbs?|oz|ounces|pounds|t|tonnes|tons)\))|[-–,]\smillions$|\bmillions(?=,? (?:except|unless)\b)|\bmoz\b|\bmlbs?\b", re.IGNORECASE), 1_000_000),
    (re.compile(r"\bin\s+\$?billions?\b|\bbillions?\s+of\b|\$[A-Z]{0,3}\s?billions?\b|\(billions?\b|\bbillions?\)|[-–,]\sbillions$", re.IGNORECASE), 1_000_000_000),
)  # fmt: skip
# Codes by which money is called (ISO 4217, and `RMB`).
CODES = "USD|CAD|AUD|EUR|GBP|ZAR|CHF|JPY|NZD|HKD|SEK|NOK|DKK|BRL|MXN|CLP|PEN|ARS|CNY|RMB|INR|PLN|PHP|PGK|TRY"
# `Rand million`, `€'000`, `USD m`, `EURm`, `US$k`, `MUSD`, `TEUR`: few documents count in these.
_OTHER_MONEY = (
    rf"(?i:[£€]|\b(?:rands?|dollars|pesos|euros?|(?-i:{CODES}))|(?<=[A-Z])\$)\s?"
    r"(?:(?P<thousands>['’]?000(?:['’]?s)?|(?i:thousands?|k))|(?i:millions?|mm?|mln))\b"
    rf"|\b(?:(?P<before>[TkK])|M)(?:{CODES})\b"
)
# A sign or code of money with its scale, and nothing else: `US$000`, `€m`, `MUSD`.
SIGN_ALONE = (
    rf"(?i:(?:(?:US|[ACR]|Cdn|NZ|HK)?\s?[$£€]|R|rands?|dollars?|euros?|(?-i:{CODES}))\s?(?:['’]?000(?:['’]?s)?|k|mm?|mln|millions?|thousands?)"
    rf"|[MTk](?-i:{CODES}))"
)
_ISO = rf"(?<![A-Za-z])[MTkK]?(?P<code>{CODES})(?=m|k|M|['’]?000|[^A-Za-z]|$)"
_ANY_SCALE = re.compile(r"000|[TtMmBb](?:HOUSAND|housand|ILLION|illion)|\$ ?MM?\b|\b[kKmM](?:oz|lb)|\bkt\b")
_SCALE_WORDS = ("000", "thousand", "million", "billion", "$m", "$ m", "rm", "oz", "lb", "kt", "mt")
_OTHER_SIGNS = ("€", "£", "rand ", "rands ", "dollars ", "pesos ", "euro", "$k", "$ k")
_CODES = tuple(CODES.split("|"))
_CAPITALS = re.compile(r"[A-Z]{3}")
_BEFORE_CODES = "MTkK"
_EXCEPT = re.compile(r"\b(?:except|excluding|other than)\b(.*)", re.IGNORECASE | re.DOTALL)
_SHARES = re.compile(r"\bshares?\b(?!\s*(?:amounts?|data|figures))", re.IGNORECASE)
_CURRENCIES = (
    (re.compile(r"\bCanadian\s+(?:dollars|\$)|\bC\$|\bC(?:dn|DN|an|AN)\s?\$|\$C(?:dn|an)?(?![A-Za-z])|\bCAD\b"), "CAD"),
    (re.compile(r"\bAustralian\s+(?:dollars|\$)|\bA\$|\$A(?:ust?)?(?![A-Za-z])|\bAUD\b"), "AUD"),
    (re.compile(r"€|\beuros?\b|\bEUR\b", re.IGNORECASE), "EUR"),
    (re.compile(r"£|\bpounds\s+sterling\b|\bGBP\b"), "GBP"),
    (re.compile(r"¥|\byen\b|\bJPY\b"), "JPY"),
    (re.compile(r"\bSwiss\s+francs?\b|\bCHF\b"), "CHF"),
    (re.compile(r"\brand\b|\bZAR\b", re.IGNORECASE), "ZAR"),
    (re.compile(r"\bpesos\b|\bMXN\b", re.IGNORECASE), "MXN"),
    (re.compile(r"\bNZ\$"), "NZD"),
    (re.compile(r"\bHK\$"), "HKD"),
    (re.compile(r"\bR\$"), "BRL"),
    (re.compile(r"\bU\.?S\.? ?(?:\$|dollars)|\bUnited States dollars|\$US(?![A-Za-z])|\bUSD\b"), "USD"),
)
# Money by something: `EUR/share`, `€ per tonne`; `Earnings per share, SEK` and `(SEK)`.
_MONEY_BY = rf"(?:[€£]|(?<![A-Za-z])(?:{CODES}))(?:(?P<per>\s?(?:/|per\b))|(?=\)|$))"
# `R000`, `R'000`, `Rm`, `R million`
_RAND = r".*(?<![^\s(])R\s?(?:(?P<thousands>['’]?000)|m|million)\b"
_LETTERS_OF_RAND = ("R0", "R'", "R’", "Rm", "R 0", "R m", "R\t", "R\xa0")
_OF_STATES = re.compile(r"\bU\.?S\.? ?\$|\$ ?U\.?S\b")
_NAMED = re.compile(r"\b([A-Za-z]{4,})\s+(in\s+(?:thousands|millions|billions))\b", re.IGNORECASE)
# `except ounces and per-ounce costs`: quantities that a scale leaves out.
_QUANTITIES = re.compile(
    r"(?<!per )(?<!per-)\b(ounces|GEOs|tons|tonnes|pounds|production|operating|units|volumes|statistic)", re.IGNORECASE
)
_MONEY = re.compile(r"\b(?:dollars?|rand|pesos|euros?)\b|\$", re.IGNORECASE)
# `Dollars in millions, shares in thousands` is read clause by clause; `shares, which are in thousands` is one of them.
# Few captions state two scales: the patterns are made where one does.
_CLAUSE_ENDS = (
    r"(?i)\s*[;,]\s*(?!which\b|with\b)(?:and\s+)?|\s+and\s+|[;,]?\s*\b(?:except|excluding|other than)\b(?:\s+for\b)?\s*"
)
_OF_ALL = r"(?i)\W*(?:(?:all|tabular|amounts|figures|are|expressed|stated) )*(?:in )?(?:thousand|million|billion|000)"
_UNITS = r"(?i)\b(?:units|volumes)\b"
_PRECIOUS = ("gold", "silver", "platinum", "palladium")
_OUNCES_OF = r"(?i)(\b(?:gold|silver|platinum|palladium)(?:,? and |, ))?\b(gold|silver|platinum|palladium)(?: equivalent)? ounces\b"
# `(thousand carats)`, `(in thousands of barrels)`: what is scaled is neither money nor shares. Few captions say so.
_SCALED_COUNT = (
    r"(?i)\b(?:thousands?|millions?)\s+(?:of\s+)?(?:[a-z]+\s+)?(?:[kmg]wh|(?:kilo|mega)watt[- ]?hours?|carats|barrels|bbls|boe|[mb]cfe?"
    r"|cubic (?:feet|met(?:er|re)s)|gallons|lit(?:er|re)s|therms|dekatherms|dth|m*btu|customers|subscribers|homes|vehicles|passengers"
    r"|miles|square (?:feet|met(?:er|re)s)|acres|head|bushels|employees|lines|minutes|messages|carloads|copies|units)\b"
)
_COUNTS = (
    *("wh", "watt", "carat", "barrel", "bbl", "boe", "cf", "cubic", "gallon", "lit", "therm", "dth", "btu", "customer", "subscriber"),
    *("home", "vehicle", "passenger", "mile", "square", "acre", "head", "bushel", "employee", "lines", "minutes", "messages", "carload", "copies", "units"),
)  # fmt: skip
_NO_NAME = r"\b(?:shares?|per|noted?|indicated|otherwise|stated|data|amounts?|figures|information|units?|ounces?|where|in|as|for)\b"
_KINDS = (
    ("money", _MONEY.pattern),
    ("shares", r"(?<!per )(?<!per-)\bshares?\b"),
    ("ounces", r"(?<!per )(?<!per-)\b(?:ounces?|oz|GEOs?)\b"),
    ("other", r"(?<!per )(?<!per-)\b(?:tons|tonnes|pounds|lbs)\b"),
)


class Caption(NamedTuple):
    """What a caption states: the scale of money, of shares and of ounces, and the currency.

    A scale is None where the caption does not speak of it; `other` is the scale of whatever the caption does
    not name (`In thousands, except per-share amounts` speaks of all). `named` are the scales of the words that a
    caption names one by one (`Units in thousands, revenue in millions`). `ounces_of` are the metals whose ounces it scales,
    where it does not scale those of all (`silver ounces in thousands`, `in millions, except gold ounces`). `excepted` are
    the names of rows that it leaves out.
    """

    money: int | None = None
    shares: int | None = None
    ounces: int | None = None
    other: int | None = None
    currency: str | None = None
    named: tuple[tuple[str, int], ...] = ()
    ounces_of: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()

    def excepts(self, label: str) -> bool:
        """Whether a caption leaves out by name what a label names: `except per share data and average weekly sales`."""
        low = label.lower()
        return low.startswith(self.excepted)

    def ounces_for(self, text: str) -> int | None:
        """The scale of the ounces that a text speaks of."""
        if self.ounces_of:
            low = text.lower()
            if any(metal in low for metal in _PRECIOUS if metal not in self.ounces_of):
                return None
        return self.ounces


@lru_cache(4096)
def currency_in(label: str) -> str | None:
    """The currency that a label names by its sign or code: `Cash cost per tonne (Cdn$)`, `US$ per ounce`, `EUR/share`."""
    if "ollars" in label:
        return currency_of_text(label)
    if "$" not in label:
        by_other = not label.isascii() or names_code(label)
        found = re.search(_MONEY_BY, label) if by_other else None
        if found is not None and (found["per"] or " per " in label):
            return currency_of_text(found.group())
        return "ZAR" if in_rand(label) or ("(R)" in label and " per " in label) else None
    if _OF_STATES.search(label):
        return "USD"
    return next((code for pattern, code in _CURRENCIES[:2] if pattern.search(label)), None)


def in_rand(label: str) -> bool:
    """Whether a label counts in rand by their letter: `Revenue - R000`, `Rm`."""
    return _rand_in(label) is not None


def _rand_in(text: str) -> re.Match[str] | None:
    """Where a text last counts in rand by their letter."""
    return re.match(_RAND, text) if "R" in text and any(map(text.__contains__, _LETTERS_OF_RAND)) else None


@lru_cache(4096)
def scaled_money(text: str) -> tuple[str, int] | None:
    """The currency and the scale that a label or a heading states together, by other signs than those of dollars: `Revenue
    (€m)`, `EBITDA, EUR million`, `R000`."""
    rand = _rand_in(text)
    if rand is not None:
        return "ZAR", _thousands_or_millions(rand)
    found = _other_money_in(text)
    currency = currency_of_text(found.group()) if found is not None else None
    scale = scale_in(found.group()) if found is not None else None
    return (currency, scale) if currency and scale else None


def _other_money_in(text: str) -> re.Match[str] | None:
    """Where a text states other money than dollars together with its scale."""
    if names_code(text) or any(map(text.lower().__contains__, _OTHER_SIGNS)):
        return re.search(_OTHER_MONEY, text)
    return None


def _thousands_or_millions(found: re.Match[str]) -> int:
    """The scale of money that one of the two patterns found: `before` is the letter of `TEUR`."""
    return 1000 if found["thousands"] or found.groupdict().get("before") else 1_000_000


def names_code(text: str) -> bool:
    """Whether a text holds the code of a money that is no part of a longer word, save for a scale: `EURm`, `MUSD`."""
    if not _CAPITALS.search(text):
        return False
    for code in _CODES:
        at = text.find(code)
        if at >= 0:
            before, after = text[at - 1 : at], text[at + len(code) : at + len(code) + 1]
            if not after.isupper() and (not before.isalpha() or before in _BEFORE_CODES):
                return True
    return False


@lru_cache(1024)
def currency_of_text(text: str) -> str | None:
    """The currency that a caption, or a sentence that speaks of all amounts, states."""
    named = next((code for pattern, code in _CURRENCIES if pattern.search(text)), None)
    if named is None and names_code(text) and (found := re.search(_ISO, text)):
        named = found["code"].replace("RMB", "CNY")
    return named or ("ZAR" if in_rand(text) else None)


@lru_cache(1024)
def scale_in(text: str) -> int | None:
    """The scale that a text states, if any."""
    low = text.lower()
    if any(map(low.__contains__, _SCALE_WORDS)):
        for pattern, scale in _SCALES:
            if pattern.search(text):
                return scale
        if found := _rand_in(text):
            return _thousands_or_millions(found)
    other = _other_money_in(text)
    return None if other is None else _thousands_or_millions(other)


def _named(text: str) -> tuple[tuple[str, int], ...]:
    return tuple([(match.group(1).lower(), scale_in(match.group(2)) or 1) for match in _NAMED.finditer(text)])


def _clauses(text: str) -> list[tuple[str, int]]:
    """The parts of a caption that state a scale each, with what they state it of, where they state different ones."""
    if len(_ANY_SCALE.findall(text)) < 2:
        return []
    made: list[tuple[str, int]] = []
    said = ""
    for part in re.split(_CLAUSE_ENDS, text):
        said = f"{said} {part}"
        scale = scale_in(said)
        if scale is not None:
            made.append((said, scale))
            said = ""
    return made if len({scale for _, scale in made}) > 1 else []


def _by_clauses(clauses: list[tuple[str, int]], currency: str | None, named: tuple[tuple[str, int], ...]) -> Caption:
    """A caption whose clauses scale different things: each what it names, the one that names nothing all the rest, and
    money where no clause names it (`net income in millions and shares in thousands`)."""
    of: dict[str, int] = {}
    rest: int | None = None
    for said, scale in clauses:
        found = [kind for kind, pattern in _KINDS if re.search(pattern, said, re.IGNORECASE)]
        if not found and rest is None and re.match(_OF_ALL, said):
            rest = scale
        for kind in found or ([] if re.search(_UNITS, said) else ["money"]):
            of.setdefault(kind, scale)
    named = named if len(named) > 1 else ()
    money, shares, ounces, other = (of.get(kind, rest) for kind, _ in _KINDS)
    return Caption(money, shares, ounces, other, currency, named)


@lru_cache(1024)
def read_caption(text: str) -> Caption:
    """Reads a caption; all None where it states no scale."""
    currency = currency_of_text(text)
    cut = _EXCEPT.search(text)
    said = text[: cut.start()] if cut else text
    excepted = cut.group(1) if cut else ""
    scale = scale_in(said)
    if scale is None:
        scale = scale_in(text)
        said = text if scale is not None else said
    if scale is None:
        return Caption(currency=currency)
    if any(map(said.lower().__contains__, _COUNTS)) and re.search(_SCALED_COUNT, said):
        return Caption(other=scale, currency=currency)
    named_money = _MONEY.search(said) is not None
    named_shares = _SHARES.search(said) is not None
    named = _named(text)
    clauses = _clauses(text)
    if clauses:
        return _by_clauses(clauses, currency, named)
    words = dict(named)
    # `($ in millions; ounces in thousands)`; where it names ounces alone, it names what it scales.
    words = words if len(words) > 1 or len(_ANY_SCALE.findall(text)) > 1 else {}
    named_ounces = "ounces" not in words and re.search(r"\bounces?\b", said, re.IGNORECASE) is not None
    everything = not (named_money or named_shares or named_ounces)
    shares_excepted = re.search(
        r"\bshares?\s*(?:,|and|data\b|amounts\b|outstanding)|\bnumber of shares", excepted, re.IGNORECASE
    )
    per_only = re.search(r"\bper[- ]", excepted, re.IGNORECASE) and not re.search(
        r"(?<!per )(?<!per-)\bshares?\b", excepted, re.IGNORECASE
    )
    shares: int | None = None
    if named_shares or everything or (shares_excepted and not per_only):
        shares = (scale_in(excepted) or 1) if shares_excepted and not per_only else scale
    quantities = {each.lower().replace("geos", "ounces") for each in _QUANTITIES.findall(excepted)}
    of, but = _metal_in(said), _metal_in(excepted) if everything else ""
    scaled_but = everything and ("ounces" not in quantities or but != "")
    return Caption(
        scale if named_money or everything else None,
        shares,
        words.get("ounces", scale if named_ounces or scaled_but else None),
        scale if everything and not quantities else None,
        currency,
        named if len(named) > 1 else (),
        (of,) if of and named_ounces else tuple(metal for metal in _PRECIOUS if metal != but) if but else (),
        _phrases(excepted),
    )


def _phrases(excepted: str) -> tuple[str, ...]:
    """The names of two words or more among what a caption excepts, shares and quantities apart."""
    parts = re.split(r",|;|\band\b|\bor\b|&", excepted.lower().strip(" ).:")) if " " in excepted else []
    names = (part.strip(" ()") for part in parts)
    return tuple(name for name in names if " " in name and not re.search(_NO_NAME, name))


def _metal_in(text: str) -> str:
    """The one metal whose ounces a text speaks of; "" for several or none."""
    found = re.findall(_OUNCES_OF, text) if "ounces" in text else []
    return found[0][1].lower() if len(found) == 1 and not found[0][0] else ""


def shares_scale(captions: list[Caption]) -> int | None:
    """The scale of shares that a document states in some caption, if it always states the same."""
    stated = {caption.shares for caption in captions if caption.shares}
    return stated.pop() if len(stated) == 1 else None
