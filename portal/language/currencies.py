"""How many decimals an amount of each currency has.

Source: ISO 4217, list one (current currencies), column "minor unit", as its maintenance agency publishes it
(https://www.six-group.com/en/products-services/financial-information/data-standards.html). Currencies that are not
named here have two. None of the libraries that the portal uses anyway keeps such a list.
"""

from decimal import Decimal

USUAL = 2
MOST = 4
DECIMALS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI"), 0),
    **dict.fromkeys(("VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), MOST),
}


def places_of(currency: str) -> int:
    """How many decimals an amount of that currency has: GBP 2, JPY 0, KWD 3."""
    return DECIMALS.get(currency, USUAL)


def decimals_in(amount: Decimal) -> int:
    """How many decimals a number needs: 12.50 needs one."""
    return max(0, -int(amount.normalize().as_tuple().exponent))


def too_fine(places: int) -> str:
    """What is said of a number with more decimals than it can have."""
    return f"Write at most {places} decimals." if places else "Write a whole number: this currency has no decimals."


def minor_of(amount: Decimal, currency: str) -> int:
    """An amount in minor units: 1.250 KWD is 1250. Raises ValueError where it is finer than they are."""
    if decimals_in(amount) > places_of(currency):
        raise ValueError(f"{amount} is finer than {currency} is")
    return int(amount.scaleb(places_of(currency)))


def amount_of(minor: int, currency: str) -> Decimal:
    """Minor units as an amount: 1250 of KWD are 1.250."""
    return Decimal(minor).scaleb(-places_of(currency))
