"""What a decision says on paper. It is made before the row exists, because the row carries the hash of the document."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from flask import current_app
from flask_babel import force_locale, gettext

from inspect_app.adapters.pdf import Picture
from inspect_app.domain.checklists import Checklist
from inspect_app.domain.decisions import DecisionPolicy
from inspect_app.domain.texts import Text
from inspect_app.models import Deliberation, Dossier, Institution, ScoreCard, User
from reports import templates
from reports.formats import LOCALES


@dataclass(frozen=True)
class Document:
    """The HTML of a decision, its title, and the pictures that it shows."""

    html: str
    title: str
    pictures: dict[str, Picture]


@dataclass(frozen=True)
class Condition:
    """What must be mended, by when."""

    criterion: str
    title: Text
    severity: str
    due_on: date


@dataclass(frozen=True)
class Content:
    """All that the document says; the same for every language."""

    number: str
    code: str
    institution: Institution
    dossier: Dossier
    policy: DecisionPolicy
    outcome: str
    level: str | None
    decided_on: date
    valid_until: date | None
    visit_by: date | None
    appeal_until: date
    conditions: tuple[Condition, ...]
    signatory: User
    card: ScoreCard | None = None
    checklist: Checklist | None = None
    deliberation: Deliberation | None = None
    replaces: str | None = None  # number of the decision whose place it takes
    contested: str | None = None  # number of the decision that an appeal contested
    test_signature: bool = False


def document(content: Content, language: str) -> Document:
    """The decision in a language."""
    address = check_address(content.code)
    pictures = {"qr.svg": Picture(qr(address), "image/svg+xml")}
    counted = [m for m in content.deliberation.members if m.present and not m.recused] if content.deliberation else []
    context: dict[str, Any] = {
        "content": content,
        "institution": content.institution,
        "dossier": content.dossier,
        "inspection": content.dossier.inspection,
        "members": len(counted),
        "bodies": sorted({m.body for m in counted}),
        "votes": [m.vote for m in counted],
        "reasons": (content.dossier.computed or {}).get("reasons", []),
        "address": address,
        "title": title_of(content, language),
        "header": header_of(content, language),
    }
    html = templates.render("decision/template.html", language, context)
    return Document(html, context["title"], pictures)


def check_address(code: str) -> str:
    """Where anybody checks the document."""
    return f"{current_app.config['PUBLIC_URL'].rstrip('/')}/check/{code}"


def qr(text: str) -> bytes:
    """The code as an SVG, with room for a scratch (error correction M)."""
    import io

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", scale=4, border=2, xmldecl=False)
    return out.getvalue()


def title_of(content: Content, language: str) -> str:
    """The title of the document: what it is, its number, of which institution."""
    with force_locale(LOCALES[language]):
        label = gettext("Decision")
    return f"{label} {content.number} – {content.institution.name(language)}"


def header_of(content: Content, language: str) -> tuple[str, str]:
    """What stands at the head of every page but the first."""
    name = content.institution.name(language)
    with force_locale(LOCALES[language]):
        label = gettext("Decision")
        if content.dossier.invented:
            name = f"{name} · {gettext('Invented data')}"
    return f"{label} {content.number}", name


def file_name(number: str, language: str) -> str:
    """How the file is called on the device of whoever keeps it."""
    with force_locale(LOCALES[language]):
        return f"{gettext('Decision')} {number.replace('/', '-')} {language}.pdf"
