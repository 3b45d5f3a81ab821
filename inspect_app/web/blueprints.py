"""All blueprints of pages. A folder per audience; a new folder is added here."""

from flask import Blueprint

from inspect_app.web.account.views import pages as account
from inspect_app.web.admin import pages as admin
from inspect_app.web.agreement import pages as agreement
from inspect_app.web.decisions import pages as decisions
from inspect_app.web.devices import pages as devices
from inspect_app.web.director import pages as director
from inspect_app.web.inspections import pages as inspections
from inspect_app.web.institutions import pages as institutions
from inspect_app.web.plans import calendar
from inspect_app.web.plans import pages as plans
from inspect_app.web.public.health import pages as health
from inspect_app.web.public.home import pages as public
from inspect_app.web.public.register import pages as register
from inspect_app.web.public.standards import pages as standards
from inspect_app.web.reports import pages as reports
from inspect_app.web.tablet import pages as tablet

BLUEPRINTS: tuple[Blueprint, ...] = (
    public,
    account,
    admin,
    health,
    standards,
    register,
    institutions,
    inspections,
    reports,
    director,
    plans,
    calendar,
    agreement,
    devices,
    decisions,
    tablet,
)
