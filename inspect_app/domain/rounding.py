"""Exact numbers made readable: declared rounding of fractions, never binary floats."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

MODES = {
    "half-up": ROUND_HALF_UP,
    "half-even": ROUND_HALF_EVEN,
    "down": ROUND_DOWN,
    "up": ROUND_CEILING,
    "floor": ROUND_FLOOR,
}


def rounded(value: Fraction, digits: int, mode: str) -> Decimal:
    """The fraction with ``digits`` decimals, by the declared mode. Raises KeyError for an unknown mode.

    Exact: the fraction is scaled and divided in integers before any decimal appears, so 1/3 and 62.5 are never
    disturbed by an intermediate precision.
    """
    scaled = value * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    with localcontext() as context:
        context.prec = max(28, len(str(whole)) + 4)
        twice = 2 * rest
        # what is cut off, reduced to what a rounding mode can see: nothing, less than half, half, more than half
        tail = Decimal(
            0 if rest == 0 else 25 if twice < scaled.denominator else 50 if twice == scaled.denominator else 75
        )
        number = (Decimal(whole) + tail / 100).quantize(Decimal(1), rounding=MODES[mode])
        return number.scaleb(-digits)
