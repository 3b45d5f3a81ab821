"""Deeds of the registry: enter an institution, change it, import many."""

from inspect_app.services.institutions.edit import create_institution, edit_institution, particulars
from inspect_app.services.institutions.exports import export_institutions
from inspect_app.services.institutions.imports import (
    COLUMNS,
    READ_ONLY,
    Fault,
    Plan,
    PlannedRow,
    apply_import,
    preview_import,
)

__all__ = [
    "COLUMNS",
    "READ_ONLY",
    "Fault",
    "Plan",
    "PlannedRow",
    "apply_import",
    "create_institution",
    "edit_institution",
    "export_institutions",
    "particulars",
    "preview_import",
]
