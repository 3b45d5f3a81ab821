"""The one blueprint of visits."""

from flask import Blueprint

pages = Blueprint("inspections", __name__, url_prefix="/inspections")
