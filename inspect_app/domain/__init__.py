"""Rules of inspection and accreditation. Pure: standard library only, no clock, no user, no language, no database."""
