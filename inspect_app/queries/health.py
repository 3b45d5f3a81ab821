"""The state of the installation in one reading, for ``/healthz``. No secrets, no addresses, no paths."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from inspect_app.adapters import files, health
from inspect_app.models import db


@dataclass
class Health:
    """What was found: each check by name, and the reasons where one failed."""

    checks: dict[str, bool] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)

    def note(self, name: str, good: bool, reason: str) -> None:
        """Write one check down."""
        self.checks[name] = good
        if not good:
            self.reasons.append(f"{name}: {reason}")

    @property
    def good(self) -> bool:
        """Whether everything is there."""
        return not self.reasons


def look(*, migrations: Path, pdf_engine: str) -> Health:
    """Ask database, tables, storage, PDF engine and fonts."""
    found = Health()
    try:
        with db.engine.connect() as connection:
            found.note("database", health.database_answers(connection), "no answer")
            found.note(
                "migrations",
                health.migrations_at_head(connection, migrations),
                "not at head; run `flask db upgrade`",
            )
    except SQLAlchemyError as error:
        found.note("database", False, type(error).__name__)
        found.note("migrations", False, "unknown without a database")
    found.note("storage", _writable(), "not writable")
    missing = health.pdf_engine_missing(pdf_engine)
    found.note("pdf_engine", not missing, missing)
    fonts = health.missing_fonts()
    found.note("fonts", not fonts, "none for: " + ", ".join(fonts))
    return found


def _writable() -> bool:
    try:
        return files.writable()
    except Exception:  # whatever the storage's library raises: the answer is no
        return False
