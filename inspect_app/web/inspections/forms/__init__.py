"""Forms of visits, and how a refused deed is shown at its field."""

import wtforms

from inspect_app.domain.errors import DomainError
from inspect_app.web.messages import sentence


def show_fault(form: wtforms.Form, error: DomainError) -> None:
    """Put the sentence of a refusal at its field. A refusal without a field of this form is raised again."""
    if error.field is None or error.field not in form:
        raise error
    field = form[error.field]
    field.errors = [*field.errors, sentence(error.code, **error.params)]
