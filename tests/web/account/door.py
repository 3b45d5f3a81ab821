"""How the tests walk through the door: sign-in with password and code, as a browser does."""

import re
from typing import Any

from flask.testing import FlaskClient
from passlib.totp import TOTP
from werkzeug.test import TestResponse

from inspect_app.models import User, db
from inspect_app.web.account.security_settings import security
from tests.factories.users import PASSWORD

#: A known key of an authenticator.
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def give_authenticator(user: User) -> None:
    """The person has set up the second step with KEY."""
    user.tf_primary_method = "authenticator"
    user.tf_totp_secret = security._totp_factory.stored(KEY)
    db.session.commit()


def code_now(steps: int = 0) -> str:
    """What the authenticator shows, some half-minutes from now."""
    import time

    return str(TOTP(key=KEY).generate(time=time.time() + 30 * steps).token)


def type_password(client: FlaskClient, user: User, password: str = PASSWORD, **more: Any) -> TestResponse:
    """Fill in the sign-in page."""
    return client.post("/sign-in", data={"email": user.email, "password": password, **more.pop("data", {})}, **more)


def type_code(client: FlaskClient, code: str, **more: Any) -> TestResponse:
    """Fill in the second step."""
    return client.post("/sign-in/code", data={"code": code}, **more)


def is_in(client: FlaskClient) -> bool:
    """Whether the browser is signed in."""
    return client.get("/account").status_code == 200


def token_of(page: TestResponse) -> str:
    """The CSRF token of a page's form."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, page.text
    return found.group(1)
