"""``flask rules``: check, list and explain rule-sets, run vectors through them, and score again."""

from flask.cli import AppGroup

group = AppGroup("rules", help="Rule-sets: how answers become a result.")

from inspect_app.cli.rules import files, rescore  # noqa: E402,F401
