"""Keep a result for ever, with everything needed to compute it again. Called inside other deeds; no commit."""

from inspect_app.adapters import clock
from inspect_app.models import Inspection, ScoreCard, db
from inspect_app.queries.scorecards import provisional


def take_card(inspection: Inspection, stage: str) -> ScoreCard:
    """A snapshot of the result as the answers stand now. ``stage`` is submitted, draft or final."""
    card = provisional(inspection)
    row = ScoreCard(
        inspection_id=inspection.id,
        stage=stage,
        level=card.level,
        score=card.score,
        card=card.as_data(),
        sha256=card.sha256,
        checklist_sha256=card.checklist_sha256,
        rules_sha256=card.rules_sha256,
        engine_version=card.engine,
        input_digest=card.input_digest,
        created_at=clock.now(),
    )
    db.session.add(row)
    return row
