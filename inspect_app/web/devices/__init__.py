"""Pages of devices: one's own, and those of the people of one's territory."""

from inspect_app.web.devices.views import pages

__all__ = ["pages"]
