"""The inspection report as PDF."""

import time

from tests.bench.figures import tell
from tests.bench.inside import inside
from tests.bench.place import Place

ROUNDS = 3


def measure(place: Place) -> None:
    """From the file of a finished visit to the bytes of the final report, context, template and engine together."""
    from inspect_app.adapters import pdf
    from inspect_app.models import Inspection, db
    from inspect_app.queries.scorecards import answers_of
    from reports.inspection import context

    site = place.site("many")
    with inside(site):
        visit = db.session.get_one(Inspection, site.world["final"])
        for language, name in (("ar", "Arabic"), ("fr", "French")):
            samples = []
            for _ in range(ROUNDS + 1):
                begin = time.perf_counter()
                document = context.document(visit, "final", language)
                made = pdf.render(document.html, language=language, title=document.title, pictures=document.pictures)
                samples.append(time.perf_counter() - begin)
            how = (
                f"{len(answers_of(visit.id))} criteria, tagged PDF/A of {len(made.data) // 1000} kB by {made.engine}, "
                f"in process, the best of {ROUNDS} after a first one of {samples[0]:.1f} s that loads fonts and sources"
            )
            tell(f"report of one visit in {name}", min(samples[1:]), "s", at_most=2, how=how)
