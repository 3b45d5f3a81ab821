"""The support plan on paper."""
