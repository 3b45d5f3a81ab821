"""How many random cases a property is tried on: few in ``make test``, ten thousand in ``make test-thorough``."""

import os

from hypothesis import HealthCheck, settings

THOROUGH = bool(os.environ.get("MIYAR_THOROUGH"))


def examples(fast: int, thorough: int = 10_000) -> settings:
    """Settings for a property that ``make test`` tries ``fast`` times."""
    return settings(
        max_examples=thorough if THOROUGH else fast,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
