"""From an empty database to the newest tables."""

from tests.bench.figures import seconds, tell
from tests.bench.place import Place


def measure(place: Place) -> None:
    """The command that ``make run`` uses, as a process of its own."""
    took = seconds(place.site("empty").migrate)
    tell(
        "migrations from empty",
        took,
        "s",
        at_most=5,
        how="flask db upgrade, wall clock of the whole command",
        peer="CISO Assistant 480–552 s, ODK Central 1.7 s",
    )
