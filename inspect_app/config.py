"""Settings, read from the environment: one function, each with its default. ``docs/operating.md`` says what each is for."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

#: The release, as /healthz and documents say it.
VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parent.parent


def _instance() -> Path:
    path = Path(os.environ.get("MIYAR_INSTANCE", ROOT / "instance"))
    path.mkdir(parents=True, exist_ok=True)
    return path


def _kept_secret(path: Path) -> str:
    """A secret made once and kept with mode 600, so that sessions outlive a restart."""
    if not path.exists():
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def database_url(raw: str) -> str:
    """The SQLAlchemy address for what people write in DATABASE_URL (``postgres://`` means psycopg 3)."""
    for prefix in ("postgres://", "postgresql://"):
        if raw.startswith(prefix):
            return "postgresql+psycopg://" + raw[len(prefix) :]
    return raw


def from_environment() -> dict[str, Any]:
    """All settings of a running server."""
    instance = _instance()
    env = os.environ.get
    return {
        "INSTANCE": instance,
        "SECRET_KEY": env("SECRET_KEY") or _kept_secret(instance / "secret-key"),
        "SECURITY_PASSWORD_SALT": env("SECURITY_PASSWORD_SALT") or _kept_secret(instance / "password-salt"),
        "SECURITY_TOTP_SECRETS": {"1": env("TOTP_SECRET") or _kept_secret(instance / "totp-secret")},
        "SQLALCHEMY_DATABASE_URI": database_url(env("DATABASE_URL") or f"sqlite:///{instance / 'miyar.db'}"),
        "STORAGE_URL": env("STORAGE_URL") or (instance / "files").as_uri(),
        "MAIL_BOX": Path(env("MAIL_BOX") or instance / "mail"),
        "MAIL_SERVER": env("MAIL_SERVER", ""),  # empty: letters go into MAIL_BOX
        "MAIL_PORT": env("MAIL_PORT", ""),
        "MAIL_TLS": env("MAIL_TLS", "starttls"),  # starttls, tls or none
        "MAIL_USERNAME": env("MAIL_USERNAME", ""),
        "MAIL_PASSWORD": env("MAIL_PASSWORD", ""),
        "MAIL_SENDER": env("MAIL_SENDER", ""),
        "PDF_ENGINE": env("PDF_ENGINE", "weasyprint"),
        "SIGNING_PKCS12": env("SIGNING_PKCS12", ""),  # key and certificate of decisions; empty: a test authority
        "SIGNING_PASSWORD": env("SIGNING_PASSWORD", ""),
        "SIGNING_AUTHORITY": env("SIGNING_AUTHORITY", ""),  # PEM file: by whose certificates ours is known
        "SIGNING_TIMESTAMP_URL": env("SIGNING_TIMESTAMP_URL", ""),
        "PUBLIC_URL": env("PUBLIC_URL", "http://127.0.0.1:8000"),
        "DEMONSTRATION": env("MIYAR_DEMONSTRATION", "") == "1",
        "PROXIES": int(env("MIYAR_PROXIES") or 0),  # balancers in front whose X-Forwarded-… may be believed
        "SESSION_COOKIE_SECURE": env("MIYAR_HTTPS", "") == "1",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session: an inspector's page stays open all day
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "DAYS_OFFLINE": int(env("MIYAR_DAYS_OFFLINE") or 14),  # how long a tablet opens without having met the server
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_PHOTO_BYTES": 8 * 1024 * 1024,
        "BABEL_DEFAULT_LOCALE": "ar",
        "BABEL_DEFAULT_TIMEZONE": "Africa/Casablanca",
        "LANGUAGES": ("ar", "fr", "en"),
        "RATELIMIT_STORAGE_URI": env("RATELIMIT_STORAGE_URI", "memory://"),
    }
