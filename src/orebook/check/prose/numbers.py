"""The numbers of a sentence: what is printed, its exact value, its last printed digit, and its unit.

Dates, telephone numbers, form names, note marks and the like are no figures and are passed over.
Sign words (`negative 22 cents`), magnitudes (`$44.7 million`), cents, ratios (`5.3:1`), fractions in words
(`a third of an ounce`) and multiples (`doubled`) are read; what the number is called stays for others.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from operator import attrgetter

from orebook.check.prose.calendar import MONTH_STEMS, WEEKS
from orebook.check.prose.hints import holds, places
from orebook.check.prose.scan import COUNT, COUNTS, LINK, MULTIPLIED, OF, PORTION, Words
from orebook.model.period import SHORT_MONTHS
from orebook.model.slotted import replaced, slotted

MONEY, PERCENT, RATIO, QUANTITY, MULTIPLE = "money", "percent", "ratio", "quantity", "multiple"
POINTS = "points"


@slotted
class Number:
    """A number in a sentence.

    `value` is its magnitude with scale words applied (cents as dollars); `step` what one unit of its last
    printed digit counts for, `coarse` the same with trailing zeros of a whole number taken as not meant
    (22,000: 1,000). `sign` is -1 where `negative`, `minus` or parentheses are printed. `unit` is `M` for
    money, `M/share`, `M/oz` …, `%`, `oz`, `ton`, …, `pure`; `bare` is True for money whose unit may be any rate.
    """

    start: int
    end: int
    text: str
    kind: str
    value: Fraction
    step: Fraction
    coarse: Fraction
    sign: int
    unit: str
    bare: bool = False


_MONTH = rf"(?:(?:{MONTH_STEMS.title()})(?:\.|[a-z]{{1,6}})?|(?:{MONTH_STEMS.upper()})(?:\.|[A-Z]{{1,6}})?)"
_CALLED = (
    "FORM|EXHIBIT|ITEM|NOTE|Form|Exhibit|Ex|Item|Items|Section|Sections|Rule|Rules|Note|Notes|SFAS|FAS|FASB|FIN|EITF|ASC|APB"
    "|SAB|No|Nos|Number|Article|Part|Page|Phase|Suite|Level|Topic|Series|Regulation|Statement|Chapter|Title|Version|Release"
    "|ID|Room|Box|Floor|CFR|Proposition|Windows|Office|Basel"
)
_MASK = re.compile(
    rf"""(?=[(\dA-Z])(?:\(?\b\d{{3}}\)?[-./\s]\s?\d{{3}}[-.\s]\d{{4}}\b | \b\d{{3}}-\d{{4}}\b
    | \b\d{{1,2}}(?::\d\d)?\s*[ap]\.?m\b\.? | \b\d{{1,2}}:\d\d\b(?!:)
    | \b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?![,.]?\d|\s*(?:%|million|percent))(?:\s*,?\s*(?:19|20)\d\d\b)?
    | \b\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\b | \b\d{{1,2}}\s+{_MONTH}(?=\W)
    | (?<![\d$,.])\b(?:19|20)\d\d(?:[-/–]\d{{2,4}})?\b(?![,.]\d|\s*(?:ounce|ton|feet|foot|meter|%|percent|share|employee|cent))(?:'s|s)?
    | \b(?:{_CALLED}|NO(?=\.)|code|passcode|pin|iOS)\b[.:\s]*\#?\s?(?:[A-Z]+-?)?\d[\w.()-]*
    | \b[QqHF][1-4Y][-/'’]?\d\d\b(?![,.]\d) | \b\d+-[KQ]\b(?:/A)? | \b\d+(?!M(?:t|oz|lbs?)\b)[A-Z]\w*\b | \b[A-Z]{{1,6}}-?\d[\w-]*\b | \(\s?(?:\d{{1,2}}|[a-z])\s?\)
    | \b\d+\s+(?:[A-Z]\w+\s+){{1,3}}(?:Avenue|Street|Drive|Road|Boulevard|Blvd|Ave|St|Way|Lane|Parkway|Plaza|Floor)\b | \b[A-Z]{{2}}\s+\d{{5}}(?:-\d{{4}})?\b
    | \bA(?:B|C|RB)N[:\s]\s?\d{{2,3}}(?:\s\d{{3}}){{2,3}}\b | \b\d+(?:st|nd|rd|th)\b | \b\d+-for-\d+\b | \b\d+/\d+\b | \b\d{{1,2}}\s?x\s?\d{{1,2}}\b)""",
    re.VERBOSE,
)
_TITLED = frozenset((*_CALLED.split("|"), *map(str.title, SHORT_MONTHS)))
# What digits have behind them that are part of a date, a telephone number …, but for a year alone.
_GOES_ON = re.compile(r"\d+(?:[-/–:)A-Za-z]|(?<=\d{3})\.\d{3}|\s+[\dA-Zapx])")
_LINK = re.compile(r"\S*(?:www\.|https?:|@\w)\S*")
_LINKED = ("www.", "http", "@")
_SMALL = "|".join(COUNTS)
_SPELT = f"{_SMALL}|{_SMALL.title()}"
_TENS = "|".join(word for word, count in COUNTS.items() if count > 15)
_TWO_WORDS = f"(?:{_TENS}|{_TENS.title()})-(?:{'|'.join(word for word, count in COUNTS.items() if count < 10)})"
_SCALES = {
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "mm": 6,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "b": 9,
    "bn": 9,
    "k": 3,
}
_NUMBER = re.compile(
    rf"""(?=[\d$€£¥(.]|\b(?:negative|minus|R|US|U\.S|C\$|A\$|CDN|Cdn|CAD|AUD|EUR|GBP|ZAR|{_SPELT}))(?P<neg>\b(?:negative|minus)\s+)?(?P<open>\()?(?P<cur>(?:\b(?:US|U\.S\.|C|A|CDN|Cdn)\s?)?\$\s?|[€£¥]\s?|\b(?:USD|CAD|AUD|EUR|GBP|ZAR)\s?(?=\d)|\bR\s?(?=\d[\d,.]*\s?(?:million|billion|m\b|bn\b|per\b|/)))?(?P<open2>\()?
    (?:(?P<num>(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?|(?<![\d\w])\.\d+)|(?P<word>\b(?:{_TWO_WORDS}|{_SPELT})\b))
    (?:(?P<join>\)?[\s-]?)(?P<mag>(?i:thousand|million|billion|trillion)|(?<=\d)(?:MM|M|B|bn|K)\b|(?(cur)(?:mn?|mln|bn|k)\b|(?!))|(?:[kM](?=oz\b)|M(?=lbs?\b)|[kM](?=t\b))))?
    (?P<pct>\s?%|[\s-](?i:percent(?:age)?|per\s?cent)\b(?:\s+points?)?|\s?basis\s+points?|\s?bps\b)?(?P<cents>[\s-]?(?:(?i:cents?|pence)\b|¢)|(?<=\d)p\b(?!\.))?(?P<ratio>\s?:\s?1(?:\.0+)?\b|\s+to\s+(?:1|one)\b(?!\s*(?:[.,]\d|million|billion|thousand)))?(?P<close>\))?""",
    re.VERBOSE,
)
_DIGITS = re.compile(r"[0-9][0-9]*")  # a set first: what cannot begin a match is passed over quickly
_YEAR = re.compile(r"(?:19|20)\d\d(?![\w-])")
_OPENS = re.compile(r"[(A-Z0-9](?:(?<=\()|[A-Za-z0-9]*)")
_LEADS = frozenset("$€£¥(. RDP")
_LEADS_BLANK = frozenset("$€£¥esRDP")
_PREFIX, _REACH = 24, 80
"""How far before its first digit a number or a date may begin, and how far after its first digits it may go on."""
_SIGNS = ("negative", "minus")
_CURRENCY = 7
"""How far before its digits a number may begin that has no sign: `U.S. $ `."""
_FRACTION = re.compile(
    r"\b(?:a|one)[\s-](half|third|quarter)\b(?=\s+(?:of\s+)?(?:an?\s+)?(?:ounce|ton|pound|percent|cent))"
)
_A_PART = tuple(
    f"{one}{blank}{part}" for one in ("a", "one") for blank in " -" for part in ("half", "quarter", "third")
)
_FRACTIONS = {"half": Fraction(1, 2), "third": Fraction(1, 3), "quarter": Fraction(1, 4)}
_MULTIPLE = re.compile(
    r"\b(doubl(?:ed|es|ing|e)|tripl(?:ed|es|ing|e)|quadrupl(?:ed|es|ing|e))\b(?![-\s]digit)", re.IGNORECASE
)
_FOLD = ("oubl", "ripl", "uadrupl")
_COUNTED = re.compile(
    r"[\s-]*(?:(?:gold|silver|lead|zinc|copper|platinum|palladium|nickel|troy|short|metric|diluted|common|preferred|million|net|additional|square|vertical|dry|wet|clean|more|full|exploration|drill"
    r"|attributable|payable|recoverable|saleable|refined|equivalent|eq\.?|au|ag|\(\"?[a-z. ]{2,12}\"?\))[\s-]+){0,4}"
    r"(ounces?|oz|geos?|a[gu]eqoz|grams?|g/t|kilograms?|kg|tons?|tonnes?|pounds?|lbs?|shares?|days?|feet|foot|meters?|metres?|kilometers?|miles?|years?|holes?|acres?|hectares?|(?<=[\d kM])t)\b",
    re.IGNORECASE,
)
_GRADE = re.compile(r"(?:\s+(?:of\s+)?\w+){0,4}?\s*(?:per|/)\s*(?:short\s+|metric\s+)?(ton|tonne)\b", re.IGNORECASE)
_GRADED = 60
_UNITS = {
    "ounce": "oz", "oz": "oz", "geo": "oz", "ageqoz": "oz", "aueqoz": "oz", "gram": "g", "kilogram": "kg", "g/t": "g/t", "ton": "ton", "tonne": "tonne", "t": "tonne", "pound": "lb", "lb": "lb",
    "share": "shares", "day": "days", "foot": "feet", "feet": "feet", "meter": "m", "metre": "m", "kilometer": "km",
}  # fmt: skip
_RATE_AFTER = re.compile(
    r"[\s-]*(?:\([^)]{0,30}\)\s*)?(?:per|an?|(?:for\s+)?(?:each|every)|/)[\s-]*(?:(?:fully[\s-]+)?(?:diluted|basic|common|average|payable|attributable|equivalent|eq\.?|au|ag|gold|silver|lead|zinc|copper|platinum|palladium|troy|short|metric|wet)\s+(?:(?:and|or)\s+)?){0,4}"
    r"(share|ounce|oz|geo|a[gu]eqoz|pound|lb|kilogram|kg|ton|tonne|unit)\b",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(
    r"(?:\bper|/)[\s-]*(?:(?:diluted|basic|common|payable|attributable|equivalent|eq\.?|au|ag|gold|silver|lead|zinc|copper|platinum|palladium|troy|metric)\s+){0,4}"
    r"(share|ounce|oz|geo|a[gu]eqoz|pound|lb|kilogram|kg|ton|tonne)\b|\bEPS\b",
    re.IGNORECASE,
)
_RATES = {"share": "share", "unit": "share", "ounce": "oz", "oz": "oz", "geo": "oz", "ageqoz": "oz", "aueqoz": "oz", "pound": "lb", "lb": "lb", "kilogram": "kg", "kg": "kg", "ton": "ton", "tonne": "tonne"}  # fmt: skip
_LARGE = 10_000  # no price an ounce, a pound or a ton is told in so many dollars
_LIST = re.compile(r"[\s,]*(?:and|or|to|versus|vs\.?|[-–—])?[\s,]*$", re.IGNORECASE)
_SET_AGAINST = re.compile(
    r",?\s+(?:as\s+)?(?:(?:compared\s+(?:to|with)|versus|against|(?:up|down)\s+from|from)\s+)", re.IGNORECASE
)
_NO_COUNT = re.compile(
    r"[\s-]*(?:months?|quarters?|of\s+(?:the|our|its|these)\b|and\s+(?:six|nine|twelve)[\s-]months)", re.IGNORECASE
)
_NOUN = re.compile(r"[\s-]+[a-z]{3,}")
_DOLLARS = re.compile(r"\s(?:U\.?S\.?\s|Canadian\s|Australian\s)?dollars?\b")
_LENGTHS = frozenset(("3", "6", "9", "12"))
_SPELT_LENGTHS = frozenset(("three", "six", "nine", "twelve"))
_MONTHS = re.compile(r"[\s-]months?\b")
_FISCAL = frozenset((*WEEKS, "twenty-seven", "forty"))
_WEEKS = re.compile(r"[\s-]weeks?\b")
_BEFORE_SENTENCE = " \"'“‘([*•-–—"

_START = attrgetter("start")


def _openings(said: Words) -> list[int]:
    """Where in a text a number may begin."""
    text = said.text
    found = [match.start() for match in _DIGITS.finditer(text)]
    if not said.kinds & COUNT:
        return found
    told = [start for start, end in said.places(COUNT) if text[start + 1 : end].islower()]
    return sorted(found + told) if told else found


def _is_worded(said: Words) -> bool:
    """Whether a text may hold a fraction or a multiple in words."""
    kinds = said.kinds
    return bool(kinds & MULTIPLIED or (kinds & PORTION and kinds & OF))


def tells(said: Words) -> bool:
    """False where a text holds no number for certain."""
    return _is_worded(said) or bool(_openings(said))


def numbers(said: Words) -> tuple[Number, ...]:
    """The numbers of a sentence from left to right."""
    sentence = said.text
    made = _in_words(sentence) if _is_worded(said) else []
    begin = _openings(said)
    if not (begin or made):
        return ()
    links = _links(sentence) if said.kinds & LINK or "@" in sentence else []
    done = masked = 0
    for start in begin:
        if start < done:
            continue
        lead = max(done, _lead(sentence, start))
        year = _YEAR.match(sentence, start) and _MASK.match(sentence, start) if lead == start else None
        if year:
            done = masked = year.end()
            continue
        match = _NUMBER.search(sentence, lead, start + _REACH)
        if match is None or match.start() > start:
            continue
        done = match.end()
        if masked <= start and not match.group("cur"):
            masked = _masked(sentence, max(masked, start - _PREFIX), start) or masked
        number = (
            _read(match, sentence) if masked <= start and not any(one <= start < end for one, end in links) else None
        )
        if number is not None:
            made.append(number)
    if not made:
        return ()
    made.sort(key=_START)
    return _rates(sentence, made)


def _in_words(sentence: str) -> list[Number]:
    """`A third of an ounce`, `doubled`."""
    made = [_fraction(match) for match in _FRACTION.finditer(sentence)] if holds(sentence, _A_PART) else []
    return made + [_multiple(match) for match in _MULTIPLE.finditer(sentence)] if holds(sentence, _FOLD) else made


def _lead(sentence: str, at: int) -> int:
    """How far back a sign or a currency before a number's first digit may begin."""
    before = sentence[at - 1 : at]
    if before not in _LEADS or (before == " " and sentence[at - 2 : at - 1] not in _LEADS_BLANK):
        return at
    signed = before != "$" or "(" in sentence[at - 4 : at] or holds(sentence[max(0, at - _PREFIX) : at], _SIGNS)
    return max(0, at - (_PREFIX if signed else _CURRENCY))


def _links(sentence: str) -> list[tuple[int, int]]:
    """Where web and mail addresses stand."""
    made = []
    for at, _ in places(sentence, _LINKED):
        end = sentence.find(" ", at)
        match = _LINK.match(sentence, sentence.rfind(" ", 0, at) + 1, end if end > 0 else len(sentence))
        if match is not None:
            made.append(match.span())
    return made


def _masked(sentence: str, first: int, at: int) -> int:
    """Where a date, a telephone number, a form … ends that begins from `first` on and covers the place `at`; else 0."""
    year = _YEAR.match(sentence, at) and _MASK.match(sentence, at)
    if year:
        return year.end()
    for opening in _OPENS.finditer(sentence, first, at + 1):
        match = (
            _MASK.match(sentence, opening.start()) if _may_mask(opening.group(), sentence, opening.start()) else None
        )
        if match is not None and match.end() > at:
            return match.end()
    return 0


def _may_mask(word: str, sentence: str, start: int) -> bool:
    """False for a plain number and for a word with a capital that leads to no number (`Company`)."""
    if word[0].isdigit():
        return _GOES_ON.match(sentence, start) is not None
    return not word[1:].islower() or word in _TITLED or word[:3] in _TITLED


def _read(match: re.Match[str], sentence: str) -> Number | None:
    """One match as a number; None where it is a word that counts nothing."""
    negative, opened, currency, inner, digits, word, joint, magnitude, percent, cents, ratio, closed = match.groups()
    start = match.start("num" if digits else "word")
    if digits == "000":
        return None  # `(000's omitted)`
    if (
        digits
        and start
        and not currency
        and (sentence[start - 1].isalpha() or _is_time(digits, sentence, start, match.end()))
    ):
        return None
    end = match.end() - (len(closed) if closed and not ((opened or inner) and currency) else 0)
    if word and word[0].isupper() and not _opens_sentence(sentence, start, match.end()):
        return None
    word = word and word.lower()
    power = _SCALES[magnitude.lower()] if magnitude else 0
    kind, unit = _kind(currency or cents, percent, ratio, sentence, end)
    if word and unit == "pure" and (not power or _NO_COUNT.match(sentence, end)) and not _counts(word, sentence, end):
        return None
    enclosed = bool((opened or inner) and (closed or ")" in (joint or "")) and currency)
    sign = -1 if negative or enclosed else 1
    if negative or enclosed:
        start = match.start()
    elif currency:
        start = match.start("cur")
    hundredths = bool(cents) or (kind == POINTS and "percent" not in percent.lower())
    value, step, coarse = _sizes(digits, word or "", power, hundredths=hundredths)
    return Number(start, end, sentence[start:end], kind, value, step, coarse, sign, unit)


def _is_time(digits: str, sentence: str, start: int, end: int) -> bool:
    """Whether digits tell a year (`the first quarter of '04`) or the length of a period (`9 months`, `26 weeks`)."""
    if sentence[start - 1] in "'’":
        return len(digits) == len("04")
    if digits in _LENGTHS:
        return _MONTHS.match(sentence, end) is not None
    return digits in _FISCAL and _WEEKS.match(sentence, end) is not None


def _sizes(digits: str | None, word: str, power: int, *, hundredths: bool) -> tuple[Fraction, Fraction, Fraction]:
    """The amount, what one unit of the last printed digit counts for, and the same with trailing zeros left out."""
    plain = digits.replace(",", "") if digits else ""
    whole, _, part = plain.partition(".")
    unit = 10 ** len(part) * (100 if hundredths else 1)
    count, scale = int(whole + part) if digits else sum(map(COUNTS.__getitem__, word.split("-"))), 10**power
    step = coarse = _fraction_of(scale, unit)
    if plain and not part and count and plain[-1] == "0":
        coarse = _fraction_of(scale * 10 ** min(len(plain) - len(plain.rstrip("0")), len(plain) - 1), unit)
    amount, rest = divmod(count * scale, unit)
    return Fraction(count * scale, unit) if rest else Fraction(amount), step, coarse


_fraction_of = lru_cache(maxsize=128)(Fraction)


def _opens_sentence(sentence: str, start: int, end: int) -> bool:
    """Whether a number spelt with a capital is the first word of its sentence, and no part of a name (`Two Rivers`)."""
    return not sentence[:start].strip(_BEFORE_SENTENCE) and _NOUN.match(sentence, end) is not None


def _counts(word: str, sentence: str, end: int) -> bool:
    """Whether a number spelt out counts what follows, and is no pronoun, part of a year or length of a period."""
    if _MONTHS.match(sentence, end):
        return word not in _SPELT_LENGTHS
    if word in _FISCAL and _WEEKS.match(sentence, end):
        return False
    return word != "one" and bool(_NOUN.match(sentence, end)) and not _NO_COUNT.match(sentence, end)


def _kind(money: str | None, percent: str | None, ratio: str | None, sentence: str, end: int) -> tuple[str, str]:
    if money:
        return MONEY, "M"
    if percent:
        percent = percent.lower()
        return (POINTS if "point" in percent or "bps" in percent else PERCENT), "%"
    if ratio:
        return RATIO, "pure"
    unit = _counted(sentence, end)
    return (MONEY, "M") if unit == "pure" and _DOLLARS.match(sentence, end) else (QUANTITY, unit)


def _counted(sentence: str, end: int) -> str:
    """The unit of the noun that a quantity counts."""
    match = _COUNTED.match(sentence, end)
    if match is None:
        return "pure"
    noun = match.group(1).lower()
    unit = _UNITS.get(noun) or _UNITS.get(noun.rstrip("s"), noun)
    if unit in ("oz", "g"):
        tail = sentence[match.end() : match.end() + _GRADED]
        grade = _GRADE.match(sentence, match.end()) if "per" in tail.lower() or "/" in tail else None
        if grade is not None:
            return "g/t" if unit == "g" else "oz/ton"
    return "tonne" if unit == "ton" and "metric" in match.group().lower() else unit


def _fraction(match: re.Match[str]) -> Number:
    value = _FRACTIONS[match.group(1)]
    tail = match.string[match.end() : match.end() + 60]
    unit = "oz/ton" if re.search(r"ounce.{0,20}per ton", tail) else "oz" if "ounce" in tail else "pure"
    return Number(*match.span(), match.group(), QUANTITY, value, Fraction(1, 12), Fraction(1, 12), 1, unit)


def _multiple(match: re.Match[str]) -> Number:
    value = {"d": 2, "t": 3, "q": 4}[match.group(1)[0].lower()]
    one = Fraction(1)
    return Number(*match.span(), match.group(), MULTIPLE, Fraction(value), one, one, 1, "x")


def _rates(sentence: str, found: list[Number]) -> tuple[Number, ...]:
    """Give money its `per ounce`, `per share` …, printed after it, before it, or after the last of a list."""
    made: list[Number] = []
    after: str | None = None
    for at in range(len(found) - 1, -1, -1):
        number = _scaled_later(sentence, found[at], made[-1]) if made else found[at]
        if number.kind == MONEY:
            match = _RATE_AFTER.match(sentence, number.end)
            small = "illion" not in number.text.lower() and _less(number.value, _LARGE)
            follows = found[at + 1] if at + 1 < len(found) else None
            if match is not None:
                after = _RATES[match.group(1).lower()]
                number = replaced(number, unit=f"M/{after}")
            elif small and after and follows is not None and _LIST.fullmatch(sentence[number.end : follows.start]):
                number = replaced(number, unit=f"M/{after}")
            else:
                after = None
                number = _rate_before(sentence, number, found[at - 1].end if at else 0) if small else number
        else:
            after = None
            number = _counted_later(sentence, number, made[-1] if made else None)
            if number.unit == "pure" and number.kind == QUANTITY and not _less(number.value, _MANY):
                number = _counted_before(sentence, number, found[at - 1].end if at else 0)
        made.append(number)
    made.reverse()
    for at in range(1, len(made)):
        if made[at].kind == QUANTITY == made[at - 1].kind:
            made[at] = _counted_before_it(sentence, made[at - 1], made[at])
    return tuple(made)


def _less(value: Fraction, whole: int) -> bool:
    """Whether a fraction is less than a whole number."""
    over, under = value.as_integer_ratio()
    return over < whole * under


def _counted_before_it(sentence: str, before: Number, number: Number) -> Number:
    """`58,220 ounces, compared with 55,410 in 2002`, `0.121 ounces per ton versus 0.134`: the second counts what the first
    one counts; so does `ounces` that are set against ounces per ton."""
    if before.unit == "pure" or not (number.unit == "pure" or (number.unit, before.unit) == ("oz", "oz/ton")):
        return number
    gap = sentence[before.end : number.start]
    if (
        len(gap) > _FAR
        or not _AGAINST.search(gap)
        or (number.unit == "pure" and not _NO_NOUN.match(sentence, number.end))
    ):
        return number
    alike = number.value <= _ALIKE * before.value and before.value <= _ALIKE * number.value
    return replaced(number, unit=before.unit) if alike else number


_FAR, _ALIKE = 100, 10
_AGAINST = re.compile(
    r"\b(?:compar(?:ed|es|ing)\s+(?:to|with)|versus|vs\.?|against|from|than)\s+(?:(?:the|an?|about|approximately|nearly|over|only|just|record)\s+)*$",
    re.IGNORECASE,
)


def _scaled_later(sentence: str, number: Number, follows: Number) -> Number:
    """`$52.0 and $152.2 million`, `2.0-2.2 million ounces`: the first counts in millions as the last one does."""
    if number.kind not in (MONEY, QUANTITY) or not number.text[-1].isdecimal() or not _less(number.value, _THOUSAND):
        return number
    scale = _SCALE_LAST.search(follows.text)
    if scale is None or follows.kind not in (number.kind, QUANTITY):
        return number
    if not _LIST.fullmatch(sentence[number.end : follows.start]):
        return number
    times = 10 ** _SCALES[scale.group().lower()]
    return replaced(number, value=number.value * times, step=number.step * times, coarse=number.coarse * times)


_THOUSAND = 1000
_SCALE_LAST = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_SCALES)})$", re.IGNORECASE)


def _counted_later(sentence: str, number: Number, follows: Number | None) -> Number:
    """`181 and 934 ounces`, `totaled 4.1 million compared to 4.3 million tons`: the first counts what the last one counts."""
    if number.unit != "pure" or follows is None or not follows.kind == number.kind == QUANTITY:
        return number
    gap = sentence[number.end : follows.start]
    return replaced(number, unit=follows.unit) if _LIST.fullmatch(gap) or _SET_AGAINST.fullmatch(gap) else number


_MANY = 100
_NOUN_BEFORE = re.compile(
    r"\b(ounces|tons|tonnes|pounds)\s(?:[a-z]+\s){0,8}?(?:were|was|totaled|totalled|reached|averaged|to|of|at)\s"
    r"(?:about\s|approximately\s|nearly\s|almost\s|over\s|a\s|record\s)*$",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"[,.;:)]|$|\s(?:in|for|during|compared|versus|from|and|up|down|an?|at|as|while|this|last|or|on|by|with|\()(?!\w)"
)


def _counted_before(sentence: str, number: Number, since: int) -> Number:
    """`Gold ounces sold were 57,344`: what is counted stands before the number, and nothing behind it."""
    if not _NO_NOUN.match(sentence, number.end):
        return number
    match = _NOUN_BEFORE.search(sentence, since, number.start)
    return number if match is None else replaced(number, unit=_UNITS[match.group(1).lower().rstrip("s")])


def _rate_before(sentence: str, number: Number, since: int) -> Number:
    found = [match.group(1) for match in _RATE_BEFORE.finditer(sentence, since, number.start)]
    if not found:
        return replaced(number, bare=True)
    return replaced(number, unit=f"M/{_RATES[found[-1].lower()] if found[-1] else 'share'}")
