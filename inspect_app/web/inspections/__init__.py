"""Pages of visits: list, plan, file, answers, second reading, observations."""

from inspect_app.web.inspections import (
    choosing,
    double_rating,
    file,
    importing,
    lists,
    observations,
    planning,
    reading,
    receipts,
    rule_sets,
    second_rating,
)
from inspect_app.web.inspections.blueprint import pages

__all__ = [
    "choosing",
    "double_rating",
    "file",
    "importing",
    "lists",
    "observations",
    "pages",
    "planning",
    "reading",
    "receipts",
    "rule_sets",
    "second_rating",
]
