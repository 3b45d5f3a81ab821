"""Letters that leave: into a folder (``MAIL_BOX``, one ``.eml`` each) by default, by SMTP where ``MAIL_SERVER`` is set.

A letter that cannot leave never undoes a deed: the failure is logged and ``send`` answers False.
"""

import os
import smtplib
import ssl
import uuid
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid
from pathlib import Path

import structlog
from flask import current_app

from inspect_app.adapters import clock

log = structlog.get_logger()

#: Seconds to wait for the mail server; a page waits no longer.
SMTP_TIMEOUT = 10


def send(to: str, subject: str, text: str) -> bool:
    """Hand over one plain-text letter, UTF-8. Whether it was taken.

    Call after the commit. Line breaks in ``subject`` become spaces; the text is never logged (it may hold a link that
    opens an account).
    """
    try:
        letter = _letter(to, subject, text)
        if current_app.config.get("MAIL_SERVER"):
            _by_smtp(letter)
        else:
            _into_box(letter)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        log.error("mail-not-sent", to=to, error=type(error).__name__, reason=str(error)[:200])
        return False
    return True


def _letter(to: str, subject: str, text: str) -> EmailMessage:
    sender = current_app.config.get("MAIL_SENDER") or "no-reply@miyar.invalid"
    letter = EmailMessage()
    letter["From"] = formataddr(("Miyar معيار", sender))
    letter["To"] = to
    letter["Subject"] = " ".join(subject.split())
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text, cte="base64")
    return letter


def _into_box(letter: EmailMessage) -> None:
    box = Path(current_app.config["MAIL_BOX"])
    box.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{clock.now():%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}.eml"
    # written beside and moved: whoever reads the box never sees half a letter; the links inside are for nobody else
    beside = box / f".{name}"
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(bytes(letter))
    beside.rename(box / name)


def _by_smtp(letter: EmailMessage) -> None:
    config = current_app.config
    context = ssl.create_default_context()
    secure = config.get("MAIL_TLS", "starttls")  # starttls | tls | none (a server on this machine)
    port = int(config.get("MAIL_PORT") or {"tls": 465, "starttls": 587}.get(secure, 25))
    if secure == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(config["MAIL_SERVER"], port, timeout=SMTP_TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(config["MAIL_SERVER"], port, timeout=SMTP_TIMEOUT)
    with server:
        if secure == "starttls":
            server.starttls(context=context)
        if config.get("MAIL_USERNAME"):
            server.login(config["MAIL_USERNAME"], config.get("MAIL_PASSWORD", ""))
        server.send_message(letter)
