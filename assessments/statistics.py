"""Pure statistics of shares: intervals that stay honest when few people are counted."""

from math import sqrt

Z_95 = 1.959963984540054
"""The standard normal quantile that leaves 2.5 % on each side."""


def share(part: float, whole: float) -> float | None:
    """`part` ÷ `whole`; None where nobody is counted."""
    return part / whole if whole else None


def wilson(part: float, whole: float, z: float = Z_95) -> tuple[float, float] | None:
    """The Wilson score interval (without continuity correction) of `part` out of `whole`.

    Both may be averages, so fractions are welcome. None where it has no meaning: nobody counted,
    or more events than people. Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209–212.
    """
    if whole <= 0 or not 0 <= part <= whole:
        return None
    rate, squared = part / whole, z * z
    scale = 1 + squared / whole
    middle = (rate + squared / (2 * whole)) / scale
    reach = z * sqrt(rate * (1 - rate) / whole + squared / (4 * whole * whole)) / scale
    low = 0.0 if part == 0 else max(0.0, middle - reach)
    high = 1.0 if part == whole else min(1.0, middle + reach)
    return low, high
