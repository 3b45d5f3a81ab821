"""The one blueprint of the registry."""

from flask import Blueprint

pages = Blueprint("institutions", __name__, url_prefix="/institutions")
