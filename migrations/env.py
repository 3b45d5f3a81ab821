"""How migrations run. On SQLite foreign keys are off while tables are remade (a batch with cascades would empty the
child table) and checked afterwards."""

from alembic import context
from flask import current_app
from sqlalchemy import text

database = current_app.extensions["migrate"].db


def _naming(kind: str, name: str | None, _parent: dict[str, str | None]) -> bool:
    return not (kind == "table" and name == "alembic_version")


def run() -> None:
    engine = database.engine
    with engine.connect() as connection:
        sqlite = engine.dialect.name == "sqlite"
        if sqlite:
            connection.execute(text("PRAGMA foreign_keys=OFF"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            include_name=_naming,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
            if broken:
                raise RuntimeError(f"foreign keys broken by the migration: {broken[:5]}")
            connection.execute(text("PRAGMA foreign_keys=ON"))
            connection.commit()


run()
