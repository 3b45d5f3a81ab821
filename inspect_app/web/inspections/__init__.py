"""Pages of visits: list, plan, file, answers, second reading, observations."""

from inspect_app.web.inspections import file, lists, observations, planning, reading
from inspect_app.web.inspections.blueprint import pages

__all__ = ["file", "lists", "observations", "pages", "planning", "reading"]
