"""The quick way to a card and the way that explains it come to the same, whatever was answered."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput, score
from inspect_app.domain.scoring.program.checklist_form import explained
from tests.examples import examples

CHECKLIST = load_checklist(category="children")
CODES = [c.code for c in CHECKLIST]
ANSWER = st.one_of(
    st.integers(0, 3).map(lambda level: AnswerInput(level)), st.just(AnswerInput(None, True)), st.just(AnswerInput())
)


@st.composite
def visits(draw: st.DrawFn) -> tuple[dict[str, AnswerInput], Facts]:
    """A visit that is mostly good, mostly bad or anything, with some facts."""
    usual = draw(st.sampled_from([None, 0, 1, 2, 3]))
    few = draw(st.dictionaries(st.sampled_from(CODES), ANSWER, max_size=40))
    answers = {} if usual is None else {code: AnswerInput(usual) for code in CODES}
    flags = draw(st.sets(st.sampled_from(["not-authorised", "over-capacity"])))
    capacity = draw(st.sampled_from([0, 40, 200]))
    return answers | few, Facts("children", capacity, 30, frozenset({"accommodation"}), frozenset(flags))


@examples(60)
@given(visits())
def test_both_ways_come_to_the_same_result(visit: tuple[dict[str, AnswerInput], Facts]) -> None:
    answers, facts = visit
    card = score(CHECKLIST, load_rules(), answers, facts)
    result = explained(CHECKLIST, load_rules(), answers, facts)
    if card.score is None:
        assert not result.scored
        return
    assert result.answer == (str(card.score), card.level)
    assert result.outcome("by-score").shown == card.level_by_score
    for node, mine in (("domains", card.domains), ("standards", card.standards)):
        groups = result.outcome(node).groups or ()
        assert [(g.code, g.rounded) for g in groups] == [(m.code, m.score) for m in mine]
    binding = {g.code for g in card.gates if g.binding}
    if binding:
        assert set(result.outcome("level").binding) == binding


def test_a_director_reads_how_the_figure_of_a_domain_came_about() -> None:
    answers = {c.code: AnswerInput(3) for c in CHECKLIST}
    first = next(c for c in CHECKLIST.applicable(Facts("children")) if c.domain == "FOD")
    result = explained(CHECKLIST, load_rules(), answers | {first.code: AnswerInput(1)}, Facts("children"))
    food = {g.code: g for g in result.outcome("domains").groups or ()}["FOD"]
    assert food.exact is not None
    assert first.code in food.binding
    assert food.arithmetic.startswith("100 × (")
    assert food.exact < Fraction(100)
    assert food.explanation.fr == "Critères : moyenne pondérée de 1 valeur = 33,33 % (avant arrondi : 33,3333…)."


def test_the_limit_that_binds_is_named_with_the_criteria_behind_it() -> None:
    critical = next(c for c in CHECKLIST.applicable(Facts("children")) if c.critical)
    answers = {c.code: AnswerInput(3) for c in CHECKLIST} | {critical.code: AnswerInput(1)}
    level = explained(CHECKLIST, load_rules(), answers, Facts("children")).outcome("level")
    assert level.shown == "conditional"
    assert level.binding == ("critical-begun",)
    assert critical.code in level.explanation.en
