"""Numbers as people read them; where a number has a unit, a no-break space holds the two together.

What is shown is rounded toward failure: down where more is better, up where less is better (calculation, section 12).
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from portal.language.currencies import amount_of, decimals_in, places_of

NBSP = "\u00a0"
THOUSAND, TEN_THOUSAND = 1000, 10_000
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$"}
IRREGULAR = {"people": "person", "Personen": "Person", "Fälle": "Fall", "Tage": "Tag", "Antworten": "Antwort"}
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def exact(value: object) -> Fraction:
    """A figure of a result as an exact number: `199/200`, `34`, 34. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        raise ValueError(f"{value!r} is no exact number")
    return Fraction(value)


def down(value: Fraction) -> int:
    """The whole number at or below."""
    return value.numerator // value.denominator


def up(value: Fraction) -> int:
    """The whole number at or above."""
    return -(-value.numerator // value.denominator)


def count(number: int) -> str:
    """96412 is 96,412."""
    return f"{number:,}"


def spelled(number: int) -> str:
    """Small counts as words, as at the start of a sentence or for one of several: one, two, … nine; then digits."""
    return SMALL[number] if 0 <= number < len(SMALL) else count(number)


def singular(plural: str) -> str:
    """One of the counted things: orders, order; enquiries, enquiry; boxes, box; people, person. Others stay."""
    if plural in IRREGULAR:
        return IRREGULAR[plural]
    if plural.endswith("ies"):
        return f"{plural[:-3]}y"
    if plural.endswith(("sses", "xes", "ches", "shes")):
        return plural[:-2]
    return plural[:-1] if plural.endswith("s") and not plural.endswith("ss") else plural


def counted(number: int, plural: str) -> str:
    """`1 order`, `1,509 orders`."""
    return f"{count(number)}{NBSP}{singular(plural) if number == 1 else plural}"


def of(part: int, whole: int) -> str:
    """`1,509 of 96,412`."""
    return f"{count(part)}{NBSP}of{NBSP}{count(whole)}"


def percent(share: Fraction, decimals: int) -> str:
    """A share where more is better: rounded down, and 100 only when it is exactly 100."""
    return f"{bare_percent(share, decimals)}{NBSP}%"


def bare_percent(share: Fraction, decimals: int) -> str:
    """As `percent`, without the sign: as a chart cell shows it."""
    if share == 1:
        return "100"
    scaled = down(share * 100 * 10**decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    sign = "−" if scaled < 0 else ""
    return f"{sign}{whole:,}.{rest:0{decimals}d}" if decimals else f"{sign}{whole:,}"


def money(minor: int, currency: str) -> str:
    """An amount of minor units: 4100000 GBP is £41,000, 1250 KWD is KWD 1.250; as `amount` shows it."""
    return amount(amount_of(minor, currency), currency)


def in_thousands(minor: int, currency: str) -> str:
    """As `money`, but from ten thousand on in whole thousands, half to even: £412k. Its record has it exactly."""
    value = amount_of(minor, currency)
    if abs(value) < TEN_THOUSAND:
        return money(minor, currency)
    return f"{amount(Decimal(round(value / THOUSAND)), currency)}k"


def amount(value: Decimal, currency: str) -> str:
    """An amount with the decimals of its currency, which are shown only where there are any; exact, if it has more."""
    places = max(places_of(currency), decimals_in(value)) if decimals_in(value) else 0
    digits = f"{abs(value):,.{places}f}"
    sign = "−" if value < 0 else ""
    return f"{sign}{SYMBOLS[currency]}{digits}" if currency in SYMBOLS else f"{sign}{currency}{NBSP}{digits}"


def to(low: str, high: str) -> str:
    """A range says “to”; one value is said once."""
    return low if low == high else f"{low} to {high}"


def and_list(words: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; or with another word."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {word} {words[-1]}"


def lower_first(words: str) -> str:
    """As inside a sentence; a word in capitals (SAP) stays."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def upper_first(words: str) -> str:
    """As at the start of a sentence."""
    return words[:1].upper() + words[1:]
