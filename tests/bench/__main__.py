"""Measure the families of figures, all of them or those named: ``python -m tests.bench [FAMILY…]``.

SQLite in a scratch folder, or the PostgreSQL server of ``TEST_DATABASE_URL`` (see ``bin/bench``).
"""

import os
import sys
import tempfile
import traceback
from pathlib import Path

from tests.bench import (
    figures,
    migrating,
    pages,
    paper,
    reaching,
    reading,
    register,
    rescoring,
    saving,
    scoring,
    starting,
    syncing,
    tapping,
)
from tests.bench.place import Place

#: In this order: later families use the databases that earlier ones filled.
FAMILIES = {
    "migrating": migrating.measure,
    "starting": starting.measure,
    "saving": saving.measure,
    "syncing": syncing.measure,
    "tapping": tapping.measure,
    "reading": reading.measure,
    "pages": pages.measure,
    "memory": starting.measure_memory,
    "scoring": scoring.measure,
    "reaching": reaching.measure,
    "rescoring": rescoring.measure,
    "paper": paper.measure,
    "register": register.measure,
}


def main(names: list[str]) -> None:
    unknown = set(names) - set(FAMILIES)
    if unknown:
        sys.exit(f"No family {', '.join(sorted(unknown))}. There are: {', '.join(FAMILIES)}")
    with tempfile.TemporaryDirectory(prefix="miyar-bench-") as folder:
        place = Place(Path(folder), os.environ.get("TEST_DATABASE_URL", ""))
        figures.DATABASE = place.kind
        figures.tell_machine()
        try:
            for name, measure in FAMILIES.items():
                if not names or name in names:
                    try:
                        measure(place)
                    except Exception as error:
                        traceback.print_exc()
                        figures.failed(name, error)
        finally:
            place.close()


main(sys.argv[1:])
