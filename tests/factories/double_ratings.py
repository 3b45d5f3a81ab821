"""A visit on which Younes rates a share of the criteria a second time."""

from inspect_app.domain.answers import Operation
from inspect_app.models import DoubleRating
from inspect_app.queries import inspections as questions
from inspect_app.services import inspections as deeds
from tests.factories.inspections import Play, operation, play_until


def play_twice(
    state: str = "under_way",
    play: Play | None = None,
    *,
    share: int = 10,
    critical: bool = False,
    **institution: object,
) -> Play:
    """A visit in the state, with a second rating by Younes chosen before it began."""
    play = play_until("planned", play, **institution)
    for name in ("Chaimae", "Younes"):
        if any(p.conflict == "undeclared" for p in questions.places(play.actor(name), play.inspection)):
            deeds.declare(play.actor(name), inspection_id=play.id, conflict=False)
    choose(play, share=share, critical=critical)
    return play_until(state, play)


def choose(play: Play, *, rater: str = "Younes", share: int = 10, critical: bool = False) -> DoubleRating:
    """Chaimae chooses what is rated twice."""
    return deeds.set_double_rating(
        play.actor("Chaimae"),
        inspection_id=play.id,
        second_rater=play.people[rater].id,
        share=share,
        critical=critical,
    )


def chosen(play: Play) -> list[str]:
    """Codes of the criteria rated twice."""
    row = questions.double_rating_of(play.id)
    return [c.code for c, _why in questions.rated_twice(play.inspection, row)] if row else []


def rate(play: Play, *operations: Operation, name: str = "Younes") -> list[deeds.Result]:
    """Somebody rates apart."""
    return deeds.rate_again(play.actor(name), inspection_id=play.id, operations=list(operations))


def rate_all(play: Play, level: int = 2) -> None:
    """Younes rates everything that was chosen at one level."""
    rate(play, *(operation(code, level) for code in chosen(play)))


def both_closed(play: Play, *, first: int = 3, second: int = 2) -> Play:
    """The team answers everything at one level, Younes at another; both sides are closed and open to each other."""
    play.answer(level=first)
    rate_all(play, second)
    deeds.close_second_side(play.actor("Younes"), inspection_id=play.id)
    deeds.close_first_side(play.actor("Amina"), inspection_id=play.id)
    return play
