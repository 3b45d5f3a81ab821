"""Is this a document that may be kept as a proof? A PDF that says so at its beginning and its end, and a size that travels."""

from inspect_app.domain.errors import DomainError

_HEAD, _TAIL = b"%PDF-", b"%%EOF"
#: What a reader could be made to run when it opens the file. Scanners and office programs write none of it.
_LIVELY = (b"/JavaScript", b"/JS ", b"/JS(", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")


def is_pdf(raw: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return raw[:1024].lstrip()[:5] == _HEAD


def check_pdf(raw: bytes, *, max_bytes: int) -> None:
    """Raise DomainError: ``document-too-large``, ``document-not-pdf`` (not whole), ``document-lively`` (it carries a program)."""
    if len(raw) > max_bytes:
        raise DomainError("document-too-large", field="file", status=413)
    if not is_pdf(raw) or _TAIL not in raw[-2048:]:
        raise DomainError("document-not-pdf", field="file", status=422)
    if any(mark in raw for mark in _LIVELY):
        raise DomainError("document-lively", field="file", status=422)
