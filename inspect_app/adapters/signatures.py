"""Electronic signatures on documents (PAdES), by pyHanko: with the ministry's certificate, or with one of a test authority.

Without ``SIGNING_PKCS12`` a test authority is made once in the instance folder. Its signatures are whole and verify
against its own certificate, but say in their name that they bind nobody.
"""

import datetime as time
import io
import os
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import current_app

from inspect_app.adapters import clock

_FOLDER = "signing"
_AUTHORITY, _SIGNER = "authority.pem", "signer.p12"
_PASSWORD = b"miyar-test-authority"  # of a file that only its owner may read, for a key that binds nobody
_YEARS = 10


class SignatureError(Exception):
    """The document could not be signed; the message says why, for the log."""


@dataclass(frozen=True)
class Verified:
    """What a check of a signed document found."""

    intact: bool  # not a byte was changed after the signature
    trusted: bool  # the certificate leads to our authority
    whole: bool  # the signature covers the whole document
    signer: str

    @property
    def good(self) -> bool:
        """Whether everything holds."""
        return self.intact and self.trusted and self.whole


def is_test() -> bool:
    """Whether documents are signed with the test authority."""
    return not current_app.config.get("SIGNING_PKCS12")


def sign(data: bytes, *, name: str, reason: str) -> bytes:
    """The document with a signature that covers all of it. Raises SignatureError."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError

    meta = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        name=name,
        reason=reason,
    )
    out = io.BytesIO()
    try:
        signer = signers.PdfSigner(meta, _signer(), timestamper=_timestamper())
        _aside(lambda: signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=out))
    except (PdfError, SigningError, OSError, ValueError) as error:
        raise SignatureError(str(error)) from error
    return out.getvalue()


def verify(data: bytes) -> Verified | None:
    """What pyHanko's validator says of the last signature; None where there is none."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    found = PdfFileReader(io.BytesIO(data)).embedded_signatures
    if not found:
        return None
    context = ValidationContext(trust_roots=_roots(), allow_fetching=False)
    status = _aside(lambda: validate_pdf_signature(found[-1], context))
    return Verified(
        intact=status.intact and status.valid,
        trusted=status.trusted,
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        signer=status.signing_cert.subject.native.get("common_name", ""),
    )


def _aside(work: Callable[[], Any]) -> Any:
    """The answer of a thread of its own: pyHanko runs a loop of events, and ours may run inside of one already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def authority() -> bytes:
    """The certificate (PEM) by which a reader knows our signatures."""
    path = current_app.config.get("SIGNING_AUTHORITY")
    return Path(path).read_bytes() if path else (_test_folder() / _AUTHORITY).read_bytes()


def _roots() -> list[Any]:
    from asn1crypto import pem, x509

    return [x509.Certificate.load(der) for _kind, _headers, der in pem.unarmor(authority(), multiple=True)]


def _signer() -> Any:
    path = current_app.config.get("SIGNING_PKCS12")
    if path:
        password = current_app.config.get("SIGNING_PASSWORD", "").encode()
        return _loaded(str(path), password, os.path.getmtime(path))
    path = _test_folder() / _SIGNER
    return _loaded(str(path), _PASSWORD, path.stat().st_mtime)


@lru_cache(maxsize=4)
def _loaded(path: str, password: bytes, _changed: float) -> Any:
    from pyhanko.sign import signers

    signer = signers.SimpleSigner.load_pkcs12(path, passphrase=password)
    if signer is None:
        raise SignatureError(f"{path} cannot be opened with the password given")
    return signer


def _timestamper() -> Any:
    address = current_app.config.get("SIGNING_TIMESTAMP_URL")
    if not address:
        return None
    from pyhanko.sign.timestamps import HTTPTimeStamper

    return HTTPTimeStamper(address)


def _test_folder() -> Path:
    """The folder of the test authority, made when first asked for; whoever makes it at the same moment finds one of both."""
    folder = Path(current_app.config["INSTANCE"]) / _FOLDER
    if not (folder / _SIGNER).exists():
        beside = folder.with_name(f"{_FOLDER}-{uuid.uuid4().hex}")
        beside.mkdir(mode=0o700, parents=True)
        _make_authority(beside)
        try:
            beside.rename(folder)
        except OSError:  # somebody else was faster: theirs is the authority
            for path in beside.iterdir():
                path.unlink()
            beside.rmdir()
    return folder


def _make_authority(folder: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
    from cryptography.x509.oid import NameOID

    def name(text: str) -> x509.Name:
        return x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Miyar"),
                x509.NameAttribute(NameOID.COMMON_NAME, text),
            ]
        )

    def usage(*, signs_certificates: bool) -> x509.KeyUsage:
        return x509.KeyUsage(
            digital_signature=True,
            content_commitment=not signs_certificates,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=signs_certificates,
            crl_sign=signs_certificates,
            encipher_only=False,
            decipher_only=False,
        )

    begins = clock.wall() - time.timedelta(days=1)
    ends = begins + time.timedelta(days=365 * _YEARS)
    own_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=3072) for _ in range(2))
    issuer, subject = name("Miyar test authority"), name("Miyar test signature: binds nobody")
    common = x509.CertificateBuilder().issuer_name(issuer).not_valid_before(begins).not_valid_after(ends)
    root = (
        common.subject_name(issuer)
        .public_key(own_key.public_key())
        .serial_number(x509.random_serial_number())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own_key.public_key()), critical=False)
        .sign(own_key, hashes.SHA256())
    )
    own = x509.AuthorityKeyIdentifier.from_issuer_public_key(own_key.public_key())
    leaf = (
        common.subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage(signs_certificates=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(own, critical=False)
        .sign(own_key, hashes.SHA256())
    )
    # the authority's own key is not kept: nobody signs a second certificate with it
    (folder / _AUTHORITY).write_bytes(root.public_bytes(Encoding.PEM))
    packed = pkcs12.serialize_key_and_certificates(b"miyar", key, leaf, [root], BestAvailableEncryption(_PASSWORD))
    with os.fdopen(os.open(folder / _SIGNER, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(packed)
