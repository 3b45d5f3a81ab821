"""Questions. Reads only, scoped by the actor who asks."""
