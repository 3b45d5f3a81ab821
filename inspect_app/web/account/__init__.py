"""Sign-in, second factor, passwords, own account."""
