"""One's own account: who am I here, what may I see, how am I protected; and the way in for the invited."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security import current_user
from flask_security.utils import check_and_update_authn_fresh, logout_user
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import RadioField, SelectChoice

from inspect_app.extensions import limiter
from inspect_app.queries import users as people
from inspect_app.services import users
from inspect_app.web import languages
from inspect_app.web.access import current_actor, public, signed_in
from inspect_app.web.account import links
from inspect_app.web.account.security_settings import security

pages = Blueprint("account", __name__)


class LanguageForm(FlaskForm):
    """The language of pages and letters."""

    language = RadioField(
        _l("Language of pages and letters"),
        choices=[
            SelectChoice(code, Markup('<span lang="{}">{}</span>').format(code, name))
            for code, name in languages.NAMES.items()
        ],
    )


@pages.get("/account")
@signed_in
def me() -> ResponseReturnValue:
    """Name, roles, territory in words, protection, and the ways to change what one may change."""
    return render_template(
        "account/me.html",
        user=current_user,
        places=people.place_names(current_user._get_current_object()),
        form=LanguageForm(language=current_user.language),
        codes_left=len(current_user.mf_recovery_codes or []),
        kept=people.kept_form(current_actor()),
    )


@pages.post("/account/language")
@signed_in
def language() -> ResponseReturnValue:
    """Choose the language."""
    form = LanguageForm()
    if form.validate_on_submit():
        users.choose_language(current_actor(), language=form.language.data)
        languages.remember(form.language.data)
        flash(_("The language is set."), "success")
    return redirect(url_for("account.me"), 303)


@pages.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of mine, this one too."""
    users.sign_out_everywhere(current_actor())
    logout_user()
    flash(_("You are signed out on all devices."), "success")
    return redirect(url_for("security.login"), 303)


@pages.post("/account/recovery-codes")
@signed_in
def recovery_codes() -> ResponseReturnValue:
    """New recovery codes, shown this once, to somebody who typed the password not long ago."""
    if not check_and_update_authn_fresh(
        current_app.config["SECURITY_FRESHNESS"], current_app.config["SECURITY_FRESHNESS_GRACE_PERIOD"]
    ):
        flash(_("For your safety, please type your password again."), "info")
        return redirect(url_for("security.verify", next=url_for("account.me")), 303)
    codes = users.make_recovery_codes(current_actor(), security=security)
    page = render_template("account/recovery_codes.html", codes=codes)
    return page, 200, {"Cache-Control": "no-store, private"}


@pages.get("/account/kept")
@signed_in
def kept() -> ResponseReturnValue:
    """What I had typed when my session ended, to be sent again."""
    form = people.kept_form(current_actor())
    if form is None:
        return redirect(url_for("public.home"))
    page = render_template(
        "account/send_again.html",
        path=form.path,
        fields=form.fields,
        files_lost=form.files_lost,
        known=True,
        kept=True,
    )
    return page, 200, {"Cache-Control": "no-store, private"}


@pages.post("/account/kept")
@signed_in
def discard() -> ResponseReturnValue:
    """I do not need it any more."""
    users.discard_kept_form(current_actor().user_id)
    return redirect(url_for("public.home"), 303)


@pages.get("/welcome/<token>")
@public
@limiter.limit("30 per 15 minutes")
def welcome(token: str) -> ResponseReturnValue:
    """The link of an invitation: on to the choice of a password."""
    fresh = links.invited(token)
    if fresh is None:
        flash(_("This invitation was used before, or is too old. Ask your administrator for a new one."), "info")
        return redirect(url_for("security.login"))
    return redirect(url_for("security.reset_password", token=fresh))
