"""How the parts are put together: what the whole house relies on."""

import pytest
import structlog
from flask import Flask


def test_a_failure_is_written_down_without_what_somebody_typed(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    typed = {"password": "argan-" + "cedar-7"}
    try:
        typed["nothing"]
    except KeyError:
        structlog.get_logger().exception("unexpected", path="/sign-in")
    written = "".join(capsys.readouterr())
    assert "KeyError: 'nothing'" in written
    assert "argan-cedar-7" not in written
