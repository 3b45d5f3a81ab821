"""What the checklists rest on, as JSON: titles of sources and of their lines. Public: nothing here is about anybody."""

import hashlib
import json
from functools import lru_cache

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_smorest import Blueprint

from inspect_app.adapters.checklist_files import load_sources
from inspect_app.web.access import public

api = Blueprint("api_standards", __name__, url_prefix="/api/v1", description="Standards and their sources")


@api.get("/sources")
@public
def sources() -> ResponseReturnValue:
    """Every source by its id, with its lines."""
    body = _body()
    answer = Response(body, content_type="application/json")
    answer.set_etag(hashlib.sha256(body.encode()).hexdigest()[:32], weak=True)
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer.make_conditional(request)


@lru_cache(maxsize=1)
def _body() -> str:
    found = {
        source.id: {
            "title": source.title.as_dict(),
            "url": source.url,
            "lines": {line.id: {"title": line.title.as_dict(), "confirm": line.confirm} for line in source.lines},
        }
        for source in load_sources()[0]
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
