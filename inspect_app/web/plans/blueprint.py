"""The blueprint of support plans."""

from flask import Blueprint

pages = Blueprint("plans", __name__, url_prefix="/plans")
