"""How many random cases a property is tried on: few in ``make test``, ten thousand in ``make test-thorough``."""

import os

from hypothesis import HealthCheck, Phase, settings

THOROUGH = bool(os.environ.get("MIYAR_THOROUGH"))
#: Set while the code is broken on purpose, thousands of times: few cases, the same ones each time, nothing made smaller.
BROKEN = bool(os.environ.get("MIYAR_MUTATION"))


def examples(fast: int, thorough: int = 10_000) -> settings:
    """Settings for a property that ``make test`` tries ``fast`` times."""
    common = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    if BROKEN:
        return settings(
            common,
            max_examples=max(4, fast // 12),
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
        )
    return settings(common, max_examples=thorough if THOROUGH else fast)
