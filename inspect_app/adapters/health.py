"""Is what we stand on there? Database, migrations, fonts and the PDF engine, each asked in the cheapest way."""

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

#: Any font of a line will do: Arabic letters for the documents, Latin ones for French.
ARABIC = ("ar",)
LATIN = ("fr",)


def database_answers(connection: Connection) -> bool:
    """Whether the database answers a question. Raises what the driver raises where it does not."""
    return connection.execute(text("SELECT 1")).scalar() == 1


def migrations_at_head(connection: Connection, folder: Path) -> bool:
    """Whether the tables are those of this version of the program."""
    present = MigrationContext.configure(connection).get_current_heads()
    return set(present) == _heads(folder)


@lru_cache(maxsize=4)
def _heads(folder: Path) -> set[str]:
    settings = Config()
    settings.set_main_option("script_location", str(folder))
    return set(ScriptDirectory.from_config(settings).get_heads())


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
