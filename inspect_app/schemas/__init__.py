"""Shapes: marshmallow schemas of every JSON or YAML that crosses the border. Unknown fields are refused."""
