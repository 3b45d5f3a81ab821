"""``flask clocks run``: each step runs, one that fails keeps no other from running."""

import pytest
from flask import Flask

from inspect_app.cli import clocks


def test_a_step_that_fails_is_said_and_the_others_run(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {"broken": "inspect_app.nowhere:run", "quiet": f"{__name__}:quiet", "busy": f"{__name__}:busy"}
    monkeypatch.setattr(clocks, "STEPS", steps)
    monkeypatch.setattr(clocks, "import_module", lambda name: globals_of() if name == __name__ else _missing(name))
    told = app.test_cli_runner().invoke(args=["clocks", "run"])
    assert told.exit_code == 1
    assert "broken: failed" in told.output
    assert "quiet: nothing was due" in told.output
    assert "busy: 2 letters" in told.output


def test_every_step_leads_to_a_function(app: Flask) -> None:
    for place in clocks.STEPS.values():
        module, _, function = place.partition(":")
        assert callable(getattr(clocks.import_module(module), function))


def test_an_unknown_step_is_refused(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["clocks", "run", "--only", "nothing"])
    assert told.exit_code == 1
    assert "no such step" in told.output


def quiet() -> dict[str, int]:
    return {"letters": 0}


def busy() -> dict[str, int]:
    return {"letters": 2}


class globals_of:  # noqa: N801 - stands for this module
    quiet = staticmethod(quiet)
    busy = staticmethod(busy)


def _missing(name: str) -> None:
    raise ModuleNotFoundError(name)
