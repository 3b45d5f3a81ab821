"""How a rule says no. One class; the border turns the code into the reader's language."""

from typing import Any


class DomainError(Exception):
    """A deed that the rules refuse.

    ``code`` is stable and appears in problem+json; ``field`` names the form field at fault, if one is;
    ``params`` fill the translated sentence (see ``inspect_app/web/messages.py``).
    """

    def __init__(self, code: str, *, field: str | None = None, status: int = 409, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.field = field
        self.status = status
        self.params = params


class NotVisibleError(DomainError):
    """The thing does not exist, or not for this person: both look the same (404)."""

    def __init__(self, kind: str) -> None:
        super().__init__("not-found", status=404, kind=kind)


class ForbiddenError(DomainError):
    """The person is known and the thing visible, but this deed is not theirs (403)."""

    def __init__(self, code: str = "forbidden", **params: Any) -> None:
        super().__init__(code, status=403, **params)
