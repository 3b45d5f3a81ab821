"""How the API says no: application/problem+json (RFC 9457) with a stable code and a sentence in the reader's language."""

from typing import Any

from flask import Response, jsonify

from inspect_app.web.messages import sentence


def problem(code: str, status: int, *, errors: Any = None, **params: Any) -> Response:
    """A problem answer. ``errors`` carries faults by field when a shape was refused."""
    body: dict[str, Any] = {"type": f"urn:miyar:problem:{code}", "code": code, "status": status}
    body["title"] = sentence(code, **params)
    if errors is not None:
        body["errors"] = errors
    answer = jsonify(body)
    answer.status_code = status
    answer.content_type = "application/problem+json"
    return answer
