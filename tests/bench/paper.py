"""The inspection report as PDF."""

from tests.bench.figures import tell
from tests.bench.place import Place


def measure(place: Place) -> None:
    """Not built yet."""
    tell("report of one visit in Arabic", None, "s", at_most=2, how="not built yet")
