"""Exact numbers made readable: declared rounding of fractions, never binary floats."""

from decimal import Decimal
from fractions import Fraction

MODES = ("half-up", "half-even", "down", "up", "floor")


def rounded(value: Fraction, digits: int, mode: str) -> Decimal:
    """The fraction with ``digits`` decimals, by the declared mode. Raises KeyError for an unknown mode.

    ``half-up`` takes a half away from zero, ``up`` goes to the ceiling, ``down`` towards zero. Exact and independent of
    any decimal context: the fraction is scaled, divided and rounded in integers before a decimal appears.
    """
    whole, rest = divmod(value.numerator * 10**digits, value.denominator)
    if mode not in MODES:
        raise KeyError(mode)
    if rest and _goes_up(whole, 2 * rest - value.denominator, mode):
        whole += 1
    return Decimal(f"{whole}E-{digits}")


def _goes_up(whole: int, beyond_half: int, mode: str) -> bool:
    """Whether ``whole`` (the floor) and a rest of more, exactly or less than a half becomes the next integer."""
    if mode == "half-up":
        return beyond_half > 0 or (beyond_half == 0 and whole >= 0)
    if mode == "half-even":
        return beyond_half > 0 or (beyond_half == 0 and whole % 2 == 1)
    return mode == "up" or (mode == "down" and whole < 0)
