"""The support plan, printed for real in Arabic and French, and read back letter by letter."""

import io
from collections import Counter

import pikepdf
import pytest

from inspect_app.adapters import pdf
from inspect_app.domain.errors import NotVisibleError
from inspect_app.services import plans as deeds
from inspect_app.services.plans.printing import plan_document
from reports.plan import context
from tests.factories.plans import agreed, found_play, prove, verify
from tests.reports.letters import letters, missing, text_of_html, text_of_pdf

#: Heads of tables repeat on every page and lists have bullets: switched off, so that the count is exact.
_ONCE = "thead { display: table-row-group } li { list-style: none }"
WORDS = "استبدال الباب المضاد للحريق (الطابق 2)، فاتورة رقم 118 «Porte coupe-feu»."


def a_plan():
    """An agreed plan with an action in words of its own, a proof accepted and one returned."""
    play = found_play(critical=1, others=6)
    plan = agreed(play)
    action = plan.actions[-1]
    values = {name: getattr(action, name) for name in deeds.ActionInput.__dataclass_fields__}
    given = deeds.ActionInput(**{**values, "what": WORDS, "helper": "indh", "cost": 12500, "funding": "indh"})
    deeds.change_action(play.actor("Ilyas"), plan_id=plan.id, action_id=action.id, given=given)
    for place, accepted in ((0, True), (1, False)):
        prove(play, plan, place)
        verify(play, plan, place, accepted=accepted)
    return play, plan


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_letter_of_the_plan_is_on_paper_exactly_once(app, language):
    _play, plan = a_plan()
    document = context.document(plan, language)
    made = pdf.render(document.html.replace("</style>", _ONCE + "</style>"), language=language, title=document.title)
    text, pages = text_of_pdf(made.data)
    wanted: Counter[str] = letters(text_of_html(document.html))
    for _ in range(pages - 1):  # the first page carries no header
        wanted += letters("".join(context.running_header(plan, language)))
    for number in range(1, pages + 1):
        wanted += letters(f"{number}/{pages}")
    assert sum(wanted.values()) > 2_000
    assert missing(wanted, letters(text)) == {}
    with pikepdf.open(io.BytesIO(made.data)) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == language
        with file.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["dc:title"]) == ("3", document.title)


def test_what_people_type_never_becomes_markup_and_strangers_get_no_copy(app):
    play, plan = a_plan()
    plan.actions[-1].what = "<b>Porte</b>"
    html = context.document(plan, "fr").html
    assert "<b>Porte" not in html
    assert "&lt;b&gt;Porte" in html
    with pytest.raises(NotVisibleError):
        plan_document(play.actor("Brahim"), plan_id=plan.id, language="de")
