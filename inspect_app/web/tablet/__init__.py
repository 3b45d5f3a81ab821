"""The tablet that works offline: a page without data of anybody, its worker and its manifest."""

from inspect_app.web.tablet.shell import pages

__all__ = ["pages"]
