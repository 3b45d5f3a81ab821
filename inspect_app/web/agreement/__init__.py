"""Agreement between inspectors: one page, and its figures as a file."""

from inspect_app.web.agreement.views import pages

__all__ = ["pages"]
