"""All blueprints of pages. A folder per audience; a new folder is added here."""

from flask import Blueprint

from inspect_app.web.account.views import pages as account
from inspect_app.web.inspections import pages as inspections
from inspect_app.web.institutions import pages as institutions
from inspect_app.web.public.home import pages as public
from inspect_app.web.public.standards import pages as standards

BLUEPRINTS: tuple[Blueprint, ...] = (
    public,
    account,
    standards,
    institutions,
    inspections,
)
