"""The shape of checklist files (``checklists/README.md`` describes it for jurists)."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from inspect_app.domain.institutions import Category, Service
from inspect_app.schemas.fields import Bilingual, Strict, Trilingual, line

METHODS = ("document", "observation", "interview")
CLASSES = ("critical", "standard", "developmental")
SUPPORTS = ("procedures", "training", "staffing", "works", "equipment", "funding", "legal", "coordination")
STATUSES = ("seen", "second-hand", "audit-pattern", "benchmark", "programme", "trace", "to-verify", "unknown")
KINDS = ("law", "order", "draft", "audit", "form", "benchmark", "programme", "trace", "risk")

_CODE = validate.Regexp(r"^([A-Z]{3}-)?[A-Z]{3}-\d{2}$", error="a code looks like GOV-01 or CHI-PRO-01")
_SLUG = validate.Regexp(r"^[a-z0-9][a-z0-9-]*$", error="lower-case letters, digits and hyphens")


class VerificationSchema(Bilingual):
    """One way in which the inspector finds out."""

    method = fields.String(required=True, validate=validate.OneOf(METHODS))


class SourceLineSchema(Strict):
    """A line of ``sources.yaml``."""

    source = line(required=True)
    line = line(required=True)


class AppliesSchema(Strict):
    """Where the criterion is asked; all conditions must hold."""

    services = fields.List(fields.String(validate=validate.OneOf([s.value for s in Service])))
    min_capacity = fields.Integer(validate=validate.Range(min=1), strict=True)


class ParameterSchema(Strict):
    """A numeric norm; a value needs its source, no source means no value."""

    code = fields.String(required=True, validate=_SLUG)
    label = fields.Nested(Trilingual, required=True)
    unit = fields.Nested(Bilingual, required=True)
    value = fields.Decimal(required=True, allow_none=True, as_string=True)
    source = fields.Nested(SourceLineSchema, required=True, allow_none=True)

    @validates_schema
    def value_with_source(self, data: dict[str, Any], **_: Any) -> None:
        """Never a number without the text that gives it."""
        if (data.get("value") is None) != (data.get("source") is None):
            raise ValidationError("a value needs its source, and a source its value", "value")


class MeasurementSchema(Strict):
    """A number written down on the visit."""

    code = fields.String(required=True, validate=_SLUG)
    label = fields.Nested(Bilingual, required=True)
    unit = fields.Nested(Bilingual, required=True)


class CriterionSchema(Strict):
    """One criterion."""

    code = fields.String(required=True, validate=_CODE)
    criterion_class = fields.String(required=True, data_key="class", validate=validate.OneOf(CLASSES))
    weight = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=5))
    title = fields.Nested(Trilingual, required=True)
    requirement = fields.Nested(Trilingual, required=True)
    verify = fields.List(fields.Nested(VerificationSchema), required=True, validate=validate.Length(min=1, max=6))
    levels = fields.Dict(
        keys=fields.Integer(strict=True, validate=validate.OneOf([0, 1, 2, 3])),
        values=fields.Nested(Bilingual),
        required=True,
    )
    sources = fields.List(fields.Nested(SourceLineSchema), required=True, validate=validate.Length(min=1))
    support = fields.String(required=True, validate=validate.OneOf(SUPPORTS))
    na_allowed = fields.Boolean()
    applies = fields.Nested(AppliesSchema)
    parameters = fields.List(fields.Nested(ParameterSchema))
    measurements = fields.List(fields.Nested(MeasurementSchema))
    note = fields.Nested(Bilingual)

    @validates_schema
    def critical_is_whole(self, data: dict[str, Any], **_: Any) -> None:
        """A critical criterion has all four descriptors and no «not applicable»; any other at least 0 and 3."""
        critical = data.get("criterion_class") == "critical"
        wanted = {0, 1, 2, 3} if critical else {0, 3}
        missing = sorted(wanted - set(data.get("levels", {})))
        if missing:
            raise ValidationError(f"descriptors missing for level {', '.join(map(str, missing))}", "levels")
        if critical and data.get("na_allowed"):
            raise ValidationError("a critical criterion is never «not applicable»", "na_allowed")


class StandardSchema(Strict):
    """A group of criteria."""

    code = fields.String(required=True, validate=validate.Regexp(r"^([A-Z]{3}-)?[A-Z]{3}-S\d{1,2}$"))
    title = fields.Nested(Trilingual, required=True)
    criteria = fields.List(fields.Nested(CriterionSchema), required=True, validate=validate.Length(min=1))


class DomainFileSchema(Strict):
    """One file: the standards of one domain, common or of one category."""

    domain = fields.String(required=True, validate=validate.Regexp(r"^[A-Z]{3}$"))
    standards = fields.List(fields.Nested(StandardSchema), required=True, validate=validate.Length(min=1))


class FrameworkDomainSchema(Strict):
    """A domain's code and title."""

    code = fields.String(required=True, validate=validate.Regexp(r"^[A-Z]{3}$"))
    title = fields.Nested(Trilingual, required=True)


class FrameworkCategorySchema(Strict):
    """A category for which a checklist is compiled."""

    code = fields.String(required=True, validate=validate.OneOf([c.value for c in Category]))
    prefix = fields.String(required=True, validate=validate.Regexp(r"^[A-Z]{3}$"))
    title = fields.Nested(Trilingual, required=True)


class FrameworkSchema(Strict):
    """``framework.yaml``."""

    framework = fields.String(required=True, validate=_SLUG)
    version = fields.String(required=True, validate=_SLUG)
    published = fields.Date(required=True, allow_none=True)
    title = fields.Nested(Trilingual, required=True)
    domains = fields.List(fields.Nested(FrameworkDomainSchema), required=True)
    categories = fields.List(fields.Nested(FrameworkCategorySchema), required=True)


class SourceEntrySchema(Strict):
    """A line of a source: an article, a paragraph, a finding."""

    id = line(required=True)
    title = fields.Nested(Trilingual, required=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    confirm = fields.Boolean(required=True)


class SourceSchema(Strict):
    """A text or other source, and how far it was read."""

    id = fields.String(required=True, validate=_SLUG)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    title = fields.Nested(Trilingual, required=True)
    date = fields.String(required=True, allow_none=True)
    bulletin = fields.String(required=True, allow_none=True)
    consulted = fields.Nested(Trilingual, required=True)
    url = fields.String(required=True, allow_none=True)
    status = fields.String(required=True, validate=validate.OneOf(STATUSES))
    lines = fields.List(fields.Nested(SourceEntrySchema), required=True, validate=validate.Length(min=1))


class OpenQuestionSchema(Strict):
    """Something to be closed on the Official Bulletin."""

    id = line(required=True)
    text = fields.Nested(Trilingual, required=True)


class SourcesFileSchema(Strict):
    """``sources.yaml``."""

    sources = fields.List(fields.Nested(SourceSchema), required=True)
    open_questions = fields.List(fields.Nested(OpenQuestionSchema), required=True)
