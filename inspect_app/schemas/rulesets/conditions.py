"""The shape of conditions: one kind, one bound, names and subsets."""

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from inspect_app.schemas.fields import Strict, line

RELATIONS = ("at_least", "at_most", "above", "below", "is")


class Step(fields.Raw):
    """A step of a scale, or a number between quotes. A bare decimal would be a binary float: refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if not isinstance(value, str | int | bool):
            raise ValidationError("a step of a scale, or a number between quotes")
        return value


class Names(fields.Field):
    """One name, or several."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not names or not all(isinstance(n, str) and n for n in names):
            raise ValidationError("one name, or a list of names")
        return value


class Bounded(Strict):
    """Exactly one of the relations."""

    at_least = Step()
    at_most = Step()
    above = Step()
    below = Step()
    equal = Step(data_key="is", attribute="is")

    @validates_schema
    def one_relation(self, data: dict[str, Any], **_: Any) -> None:
        """A bound is one relation to one value."""
        if sum(relation in data for relation in RELATIONS) != 1:
            raise ValidationError(f"exactly one of: {', '.join(RELATIONS)}")


class SubsetSchema(Bounded):
    """Atoms of collections, narrowed by their keys or attributes."""

    of = Names(required=True)
    among = fields.List(fields.String(), validate=validate.Length(min=1))
    where = fields.Dict(keys=line(), values=line())


class SomeSchema(SubsetSchema):
    """At least ``count`` of them."""

    count = fields.Integer(strict=True, validate=validate.Range(min=1))


class ShareSchema(SubsetSchema):
    """A share in percent."""

    reaches = fields.String(required=True, validate=validate.Regexp(r"^\d+(\.\d+)?$", error="a number between quotes"))


class ValueSchema(Bounded):
    """A single input or result, or one group of it."""

    of = line(required=True)
    group = line()


class GreaterSchema(Strict):
    """One name above another."""

    of = line(required=True)
    than = line(required=True)


class ConditionField(fields.Field):
    """Exactly one kind of condition; ``all`` and ``any`` hold further ones."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        kinds = ", ".join([*SHAPES, "fact", "all", "any"])
        if not isinstance(value, Mapping) or len(value) != 1:
            raise ValidationError(f"exactly one of: {kinds}")
        ((kind, body),) = value.items()
        if kind == "fact":
            line().deserialize(body)
        elif kind in ("all", "any"):
            self._several(kind, body)
        elif kind in SHAPES:
            errors = SHAPES[kind]().validate(body)
            if errors:
                raise ValidationError({kind: errors})
        else:
            raise ValidationError(f"exactly one of: {kinds}")
        return value

    def _several(self, kind: str, body: Any) -> None:
        if not isinstance(body, list) or not body:
            raise ValidationError({kind: ["a list of conditions"]})
        errors: dict[int, Any] = {}
        for place, part in enumerate(body):
            try:
                self.deserialize(part)
            except ValidationError as error:
                errors[place] = error.messages
        if errors:
            raise ValidationError({kind: errors})


SHAPES: Mapping[str, Callable[[], Schema]] = {
    "every": SubsetSchema,
    "some": SomeSchema,
    "share": ShareSchema,
    "value": ValueSchema,
    "greater": GreaterSchema,
}
