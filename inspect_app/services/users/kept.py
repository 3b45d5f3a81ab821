"""What a person had typed when their session was over is kept until they are back, for themselves alone."""

from datetime import timedelta

from sqlalchemy import delete, or_

from inspect_app.adapters import clock
from inspect_app.models import KeptForm, db

#: The longest form that is kept, in characters; longer ones are for machines.
LONGEST = 64_000
#: How long it waits for its author; then it is forgotten.
LIFE = timedelta(days=3)
#: Names of fields that are never kept.
SECRET = ("password", "csrf", "code", "token")


def keep_form(user_id: int, *, path: str, fields: list[tuple[str, str]], files_lost: bool) -> bool:
    """Keep the last form of a person whose session ended. Whether it was kept (nothing typed or too long is not)."""
    kept = [[name, value] for name, value in fields if not any(part in name.lower() for part in SECRET)]
    if not kept or sum(len(name) + len(value) for name, value in kept) > LONGEST:
        return False
    now = clock.now()
    db.session.execute(delete(KeptForm).where(or_(KeptForm.user_id == user_id, KeptForm.kept_at < now - LIFE)))
    db.session.add(KeptForm(user_id=user_id, path=path, fields=kept, files_lost=files_lost, kept_at=now))
    db.session.commit()
    return True


def discard_kept_form(user_id: int) -> None:
    """Sent again, or not wanted any more."""
    db.session.execute(delete(KeptForm).where(KeptForm.user_id == user_id))
    db.session.commit()
