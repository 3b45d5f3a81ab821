"""Deeds. One function per thing a person does: permission → rule → rows → audit → one commit."""
