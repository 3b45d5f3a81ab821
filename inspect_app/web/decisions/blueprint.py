"""The one blueprint of decisions."""

from flask import Blueprint

pages = Blueprint("decisions", __name__, url_prefix="/decisions")
