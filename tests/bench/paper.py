"""The inspection report as PDF, in Arabic, of every criterion that applies."""

from tests.bench.figures import middle, tell
from tests.bench.inside import inside
from tests.bench.place import Place

TIMES = 5


def measure(place: Place) -> None:
    """From the rows to the bytes; the first time separately, because the engine is loaded by then."""
    from time import perf_counter

    from inspect_app.adapters import pdf
    from inspect_app.models import Inspection, db
    from reports.inspection import context

    site = place.site("many")
    with inside(site) as app:
        took, size = [], 0
        with app.test_request_context():
            for _ in range(TIMES + 1):
                begin = perf_counter()
                visit = db.session.get_one(Inspection, site.world["final"])
                document = context.document(visit, "final", "ar")
                made = pdf.render(document.html, language="ar", title=document.title, pictures=document.pictures)
                took.append(perf_counter() - begin)
                size = len(made.data)
    what = f"final report of {len(site.world['codes'])} criteria, {size / 1000:.0f} kB, {made.engine}"
    peer = "CISO Assistant 3.4–4.4 s (Word)"
    tell("report of one visit in Arabic", middle(took[1:]), "s", at_most=2, how=f"{what}; median of {TIMES}", peer=peer)
    tell("report of one visit in Arabic, the first", took[0], "s", how=f"{what}, the engine loaded too", peer=peer)
