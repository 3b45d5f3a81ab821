"""Pages of the registry: list, one institution, form, import and export."""

from inspect_app.web.institutions import edit, exports, imports, read, what_if
from inspect_app.web.institutions.blueprint import pages

__all__ = ["edit", "exports", "imports", "pages", "read", "what_if"]
