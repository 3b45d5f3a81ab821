"""Commands are loaded when somebody types their name; every name that is told leads to one."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from flask import Flask

from inspect_app.cli import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_an_administrator_types_a_name_and_finds_the_group_with_its_help(app: Flask, name: str) -> None:
    context = click.Context(app.cli)
    assert name in app.cli.list_commands(context)
    group = app.cli.get_command(context, name)
    assert isinstance(group, click.Group)
    assert group.name == name
    assert group.get_short_help_str()
    assert group.list_commands(context)


def test_an_unknown_name_leads_to_nothing(app: Flask) -> None:
    assert app.cli.get_command(click.Context(app.cli), "inspektions") is None


def test_a_server_starts_without_what_only_commands_need(tmp_path: Path) -> None:
    asked = "import sys; from inspect_app import create_app; create_app(); print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**os.environ, "MIYAR_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "flask" in told
    assert not {"alembic", "flask_migrate", "inspect_app.cli.rules", "openpyxl", "weasyprint"} & set(told)
