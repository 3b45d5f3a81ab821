"""Sentences about devices."""

from flask_babel import lazy_gettext as _

SENTENCES = {
    "device-revoked": _("This device was revoked. What it held is deleted from it."),
    "device-not-a-uuid": _("The number of the device could not be read."),
}
