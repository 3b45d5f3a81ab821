"""Is what we stand on there? Database, migrations, fonts and the PDF engine, each asked in the cheapest way."""

import ast
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

#: Any font of a line will do: Arabic letters for the documents, Latin ones for French.
ARABIC = ("ar",)
LATIN = ("fr",)


def database_answers(connection: Connection) -> bool:
    """Whether the database answers a question. Raises what the driver raises where it does not."""
    return connection.execute(text("SELECT 1")).scalar() == 1


def migrations_at_head(connection: Connection, folder: Path) -> bool:
    """Whether the tables are those of this version of the program."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    present = set(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    return present == heads(folder)


@lru_cache(maxsize=4)
def heads(folder: Path) -> frozenset[str]:
    """The migrations in the folder on which no other stands; read without Alembic, which a server does not load."""
    named: dict[str, set[str]] = {"revision": set(), "down_revision": set()}
    for path in (folder / "versions").glob("*.py"):
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                name = statement.targets[0].id
                if name in named and (value := ast.literal_eval(statement.value)) is not None:
                    named[name] |= {value} if isinstance(value, str) else set(value)
    return frozenset(named["revision"] - named["down_revision"])


@lru_cache(maxsize=1)
def missing_fonts() -> tuple[str, ...]:
    """Languages (ar, fr) for which the system has no font; fontconfig is asked once per process."""
    program = shutil.which("fc-list")
    if program is None:
        return ("fontconfig",)
    missing = []
    for language in (*ARABIC, *LATIN):
        done = subprocess.run(  # noqa: S603 - a fixed question
            [program, f":lang={language}", "family"], capture_output=True, text=True, timeout=10, check=False
        )
        if not done.stdout.strip():
            missing.append(language)
    return tuple(missing)


@lru_cache(maxsize=2)
def pdf_engine_missing(engine: str) -> str:
    """Why documents cannot be made with the engine; empty when they can."""
    if engine == "pdfkit":
        return "" if shutil.which("wkhtmltopdf") else "wkhtmltopdf is not installed"
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # its system libraries
        return f"{type(error).__name__}: weasyprint"
    version: Any = weasyprint.__version__
    return "" if version else "weasyprint"
