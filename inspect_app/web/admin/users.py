"""People: the list, an account, and what an administrator does with it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import Form

from inspect_app.adapters import clock
from inspect_app.domain.actors import Actor
from inspect_app.domain.errors import DomainError
from inspect_app.domain.permissions import Permission
from inspect_app.models import db
from inspect_app.queries import users as people
from inspect_app.services import users as deeds
from inspect_app.web.access import current_actor, may
from inspect_app.web.account import links
from inspect_app.web.admin import pages
from inspect_app.web.admin.forms import NewPersonForm, PeopleFilter, PersonForm
from inspect_app.web.messages import sentence


@pages.get("/users")
@may(Permission.SEE_USERS)
def users() -> ResponseReturnValue:
    """Everybody with an account."""
    form = PeopleFilter()
    page = people.page_of(current_actor(), form.filters(), request.args.get("page", 1, type=int))
    return render_template("admin/users.html", page=page, form=form, now=clock.now())


@pages.get("/users/<int:user_id>")
@may(Permission.SEE_USERS)
def user(user_id: int) -> ResponseReturnValue:
    """One account: who, what, where, and what happened to it."""
    found = people.visible(current_actor(), user_id)
    return render_template(
        "admin/user.html",
        user=found,
        places=people.place_names(found),
        events=people.history(current_actor(), user_id),
        now=clock.now(),
    )


@pages.route("/users/new", methods=["GET", "POST"])
@may(Permission.MANAGE_USERS)
def new_user() -> ResponseReturnValue:
    """Open an account and invite its owner."""
    form = NewPersonForm()
    if form.validate_on_submit():
        try:
            made = deeds.create_user(
                current_actor(),
                email=form.email.data or "",
                name=form.name.data or "",
                name_ar=form.name_ar.data or "",
                body=form.body.data,
                language=form.language.data,
                roles=form.functions(),
                scopes=form.scopes(),
                link_for=links.invitation,
            )
        except DomainError as error:
            _blame(form, error)
        else:
            flash(_l("The account is open; an invitation was sent to its owner."), "success")
            return redirect(url_for("admin.user", user_id=made.id), 303)
    return render_template("admin/user_form.html", form=form, user=None), 422 if form.errors else 200


@pages.route("/users/<int:user_id>/edit", methods=["GET", "POST"])
@may(Permission.MANAGE_USERS)
def edit_user(user_id: int) -> ResponseReturnValue:
    """Change names, roles and territory."""
    found = people.visible(current_actor(), user_id)
    form = PersonForm() if request.method == "POST" else PersonForm.of(found)
    if form.validate_on_submit():
        try:
            deeds.change_user(
                current_actor(),
                user_id,
                name=form.name.data or "",
                name_ar=form.name_ar.data or "",
                body=form.body.data,
                roles=form.functions(),
                scopes=form.scopes(),
            )
        except DomainError as error:
            _blame(form, error)
            found = people.visible(current_actor(), user_id)
        else:
            flash(_l("The account is changed."), "success")
            return redirect(url_for("admin.user", user_id=user_id), 303)
    return render_template("admin/user_form.html", form=form, user=found), 422 if form.errors else 200


#: Deeds of one button: what is done, and what is said then.
_DEEDS: dict[str, tuple[Callable[[Actor, int], object], LazyString]] = {
    "close": (deeds.close_user, _l("The account is closed.")),
    "reopen": (deeds.reopen_user, _l("The account is open again.")),
    "unlock": (deeds.unlock_user, _l("The account is unlocked.")),
    "reset-second-factor": (deeds.reset_second_factor, _l("The authenticator was taken off the account.")),
    "invite": (
        lambda actor, user_id: deeds.invite_again(actor, user_id, link_for=links.invitation),
        _l("A new invitation was sent."),
    ),
}


@pages.post("/users/<int:user_id>/<any('close', 'reopen', 'unlock', 'reset-second-factor', 'invite'):deed>")
@may(Permission.MANAGE_USERS)
def user_deed(user_id: int, deed: str) -> ResponseReturnValue:
    """Close, reopen, unlock, take the authenticator off, invite again."""
    do, said = _DEEDS[deed]
    try:
        do(current_actor(), user_id)
    except DomainError as error:
        if error.status != 409:
            raise
        db.session.rollback()
        flash(sentence(error.code, **error.params), "error")
    else:
        flash(said, "success")
    return redirect(url_for("admin.user", user_id=user_id), 303)


def _blame(form: Form, error: DomainError) -> None:
    """The refusal at the field it belongs to; what was typed stays."""
    if error.status != 409:
        raise error
    db.session.rollback()
    message = sentence(error.code, **error.params)
    if error.field and error.field in form:
        form[error.field].errors = [*form[error.field].errors, message]
    else:
        form.form_errors.append(message)
