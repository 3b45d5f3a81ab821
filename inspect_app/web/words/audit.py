"""The journal in words: who, what each verb means, and the data of an event as lines that a person can read."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from inspect_app.queries.territories import provinces, regions
from inspect_app.web import languages
from inspect_app.web.words import decisions, inspections, institutions, people, plans, scores

WORDS: dict[str, dict[str, LazyString]] = {
    "account_state": {
        "active": _("Open"),
        "invited": _("Invited, no password yet"),
        "locked": _("Closed for a while after wrong attempts"),
        "closed": _("Closed by an administrator"),
    },
    "verb": {
        "access.sign_in_refused": _("Sign-in refused: no such account"),
        "user.created": _("Account opened"),
        "user.changed": _("Account changed"),
        "user.closed": _("Account closed"),
        "user.reopened": _("Account opened again"),
        "user.unlocked": _("Account unlocked"),
        "user.invited_again": _("Invited again"),
        "user.signed_in": _("Signed in"),
        "user.signed_out": _("Signed out"),
        "user.signed_out_everywhere": _("Signed out on all devices"),
        "user.sign_in_refused": _("Sign-in refused"),
        "user.locked_out": _("Account closed for a while after wrong attempts"),
        "user.reset_asked": _("New password asked"),
        "user.password_reset": _("New password chosen through a letter"),
        "user.password_changed": _("Password changed"),
        "user.email_changed": _("Mail address changed"),
        "user.language_chosen": _("Language chosen"),
        "user.second_factor_set": _("Authenticator tied"),
        "user.second_factor_removed": _("Second step taken off"),
        "user.second_factor_reset": _("Authenticator taken off by an administrator"),
        "user.recovery_codes_made": _("Recovery codes made"),
        "user.recovery_code_used": _("Recovery code used"),
        "institution.created": _("Institution entered"),
        "institution.edited": _("Institution changed"),
        "institution.result_changed": _("Result of the institution changed"),
        "institutions.imported": _("Institutions imported"),
        "institutions.exported": _("Institutions exported"),
        "inspection.interests_declared": _("Interests declared"),
        "inspection.rescheduled": _("Visit moved to another day"),
        "inspection.team_changed": _("Team changed"),
        "inspection.reviewers_changed": _("Reviewers changed"),
        "answers.saved": _("Answers saved"),
        "double_rating.chosen": _("Second rating chosen"),
        "double_rating.removed": _("Second rating taken away"),
        "double_rating.waived": _("Second rating let go"),
        "double_rating.first_closed": _("Side of the team closed"),
        "double_rating.second_closed": _("Second ratings closed"),
        "second_ratings.saved": _("Second ratings saved"),
        "agreement.exported": _("Agreement between inspectors exported"),
        "outbox.imported": _("File of a tablet taken in"),
        "receipt.given": _("Receipt given"),
        "signature.taken": _("Signature taken"),
        "signature.refused": _("Refusal to sign recorded"),
        "critical_sheet.filled": _("Sheet of a critical finding filled"),
        "critical_sheet.told": _("Critical finding told by mail"),
        "photo.added": _("Photograph added"),
        "photo.withdrawn": _("Photograph withdrawn"),
        "observation.made": _("Observation made"),
        "observation.withdrawn": _("Observation withdrawn"),
        "observation.answered": _("Observation answered"),
        "scorecard.taken": _("Score card taken"),
        **plans.VERBS,
        **decisions.VERBS,
        "scorecard.rescored": _("Second card under newer scoring rules"),
        "report.made": _("Report made"),
        "report.removed": _("Printed draft removed"),
        "device.registered": _("Device registered"),
        "device.renamed": _("Device renamed"),
        "device.revoked": _("Device revoked"),
        "device.told": _("Revoked device told to wipe itself"),
        **{f"inspection.{event}": label for event, label in inspections.WORDS["event"].items()},
    },
    "detail": {
        "address": _("network address"),
        "factor": _("what was wrong"),
        "second_factor": _("with the second step"),
        "failures": _("wrong attempts"),
        "minutes": _("minutes"),
        "roles": _("roles"),
        "roles_before": _("roles before"),
        "scopes": _("territory"),
        "scopes_before": _("territory before"),
        "national": _("the whole kingdom"),
        "regions": _("regions"),
        "provinces": _("provinces"),
        "institutions": _("institutions"),
        "language": _("language"),
        "user_id": _("number of the account"),
        "codes": _("codes"),
        "left": _("left"),
        "criterion": _("criterion"),
        "level": _("level"),
        "reason": _("reason"),
        "changed": _("changed fields"),
        "code": _("number"),
        "state": _("state"),
        "stage": _("stage"),
        "conflict": _("conflict of interest"),
        "photo": _("photograph"),
        "observation": _("observation"),
        "outcome": _("outcome"),
        "new_level": _("new level"),
        "due_on": _("due on"),
        "planned_on": _("planned on"),
        "kind": _("kind of visit"),
        "reference": _("reference"),
        "institution": _("number of the institution"),
        "inspection": _("number of the visit"),
        "team": _("team, by account"),
        "second_reader": _("second reader, by account"),
        "responder": _("who answers observations, by account"),
        "checklist": _("fingerprint of the checklist"),
        "rules": _("fingerprint of the scoring rules"),
        "ruleset": _("scoring rules"),
        "level_own": _("level on the visit's own card"),
        "policy": _("fingerprint of the delays"),
        "sha256": _("fingerprint"),
        "score": _("score"),
        "operations": _("answers"),
        "second_rater": _("second rater, by account"),
        "share": _("share, percent"),
        "critical": _("all critical criteria"),
        "method": _("draw"),
        "criteria": _("criteria"),
        "digest": _("fingerprint"),
        "opened": _("both sides open"),
        "double_rating_removed": _("second rating taken away"),
        "rows": _("lines"),
        "op": _("number"),
        "device": _("device"),
        "answers": _("answers"),
        "photographs": _("photographs"),
        "signatures": _("signatures"),
        "sheets": _("sheets of critical findings"),
        "lines": _("lines"),
        "author": _("written by, account"),
        **plans.DETAILS,
        **decisions.DETAILS,
        "uid": _("number of the device"),
        "label": _("name"),
        "capacity": _("as what"),
        "deed": _("signed how"),
        "danger": _("immediate danger"),
        "told": _("told on site"),
        "audience": _("told to"),
        "letters": _("letters"),
    },
    "stage": {
        "submitted": _("Submitted"),
        "draft": _("Draft report"),
        "final": _("Final report"),
    },
}

#: Details whose values are codes with words of their own.
_CODES = {
    **decisions.CODES,
    "state": inspections.WORDS["state"],
    "kind": inspections.WORDS["kind"],
    "outcome": inspections.WORDS["outcome"],
    "level": scores.WORDS["level"],
    "level_own": scores.WORDS["level"],
    "stage": WORDS["stage"],
    "category": institutions.WORDS["category"],
    "authorisation_law": institutions.WORDS["legal_basis"],
    "setting": institutions.WORDS["setting"],
    "services": institutions.WORDS["service"],
    "building_tenure": institutions.WORDS["tenure"],
    "building_state": institutions.WORDS["building_state"],
    "capacity": inspections.WORDS["capacity"],
    "deed": inspections.WORDS["deed"],
    "told": inspections.WORDS["told"],
    "audience": inspections.WORDS["audience"],
    "factor": {
        "password": _("password"),
        "code": _("six-digit code"),
        "recovery-code": _("recovery code"),
    },
}

#: Boxes of the registry's form; browsers send «y» for a ticked one.
_BOXES = ("authorised", "director_in_post", "committee_constituted")
_LONGEST = 300
_ACTOR = re.compile(r"^(.*) \(([a-z_, ]*)\)$", re.DOTALL)


def verb_label(verb: str) -> str:
    """What the verb means; the verb itself where it has no label yet."""
    return str(WORDS["verb"].get(verb, verb.replace(".", " · ").replace("_", " ")))


def actor_label(actor: str) -> str:
    """Name and roles of that moment, the roles in the reader's language."""
    if actor == "system":
        return gettext("Nobody signed in, or a command of the server")
    found = _ACTOR.match(actor)
    if not found:
        return actor
    roles = [str(people.WORDS["role"].get(code, code)) for code in found[2].split(", ") if code]
    return f"{found[1]} ({gettext(', ').join(roles)})" if roles else found[1]


def readable(data: dict[str, Any]) -> list[tuple[str, str]]:
    """The data of an event as name and value: nested ones opened, empty ones left out, long ones cut."""
    return [
        (
            _detail(name),
            text if len(text) <= _LONGEST else text[:_LONGEST] + "…",
        )
        for name, text in _lines(data)
    ]


def _lines(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        if value is None or value == [] or value == "" or (value is False and name == "national"):
            continue
        if name == "changed" and isinstance(value, dict):
            yield (
                name,
                gettext("; ").join(
                    f"{field_name(key)}{gettext(': ')}{_change(key, pair)}" for key, pair in value.items()
                ),
            )
        elif isinstance(value, dict):
            opened = [f"{_detail(key)}{gettext(': ')}{text}" for key, text in _lines(value)]
            yield name, gettext("; ").join(opened) or "—"
        elif isinstance(value, bool):
            yield name, gettext("yes") if value else gettext("no")
        elif isinstance(value, list):
            words = people.WORDS["role"] if name.startswith("roles") else _codes(name)
            parts = [_plain(words.get(part, part) if isinstance(part, str) else part) for part in value]
            yield name, gettext(", ").join(parts)
        else:
            yield name, _plain(_codes(name).get(value, value))


def _detail(name: str) -> str:
    return str(WORDS["detail"].get(name) or institutions.WORDS["column"].get(name) or name.replace("_", " "))


def field_name(name: str) -> str:
    """What a field of a form is called, where a table of words knows it; else its own name, readable."""
    known = institutions.WORDS["column"].get(name) or WORDS["detail"].get(name)
    return str(known) if known else name.replace("_", " ").replace("-", " ")


def field_value(value: Any, name: str) -> str:
    """What stands in a field, a code in words and a box that was ticked as «yes»; a dash where nothing stands."""
    if isinstance(value, list):
        return gettext(", ").join(field_value(part, name) for part in value) or "—"
    if value is None or value == "":
        return "—"
    if isinstance(value, bool) or (value == "y" and name in _BOXES):
        return gettext("yes") if value else gettext("no")
    return str(_codes(name).get(value, value))


def _change(name: str, pair: Any) -> str:
    """What a field said before and says now."""
    if not (isinstance(pair, list) and len(pair) == 2):
        return _plain(pair)
    return gettext("from %(old)s to %(new)s", old=field_value(pair[0], name), new=field_value(pair[1], name))


def _codes(name: str) -> Mapping[str, Any]:
    """Words for the codes that a detail holds; places by their names."""
    if name in ("regions", "region_code"):
        return {place.code: place.name(languages.language()) for place in regions()}
    if name in ("provinces", "province_code"):
        return {place.code: place.name(languages.language()) for place in provinces()}
    return _CODES.get(name, {})


def _plain(value: Any) -> str:
    if isinstance(value, dict) and "criterion" in value and "op" in value:  # an answer: what was said, not its seals
        said = str(scores.WORDS["answer"]["na"]) if value.get("na") else value.get("level")
        status = value.get("status")
        kept = "" if status in (None, "accepted") else f" ({status})"
        return f"{value['criterion']}{gettext(': ')}{'—' if said is None else said}{kept}"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
