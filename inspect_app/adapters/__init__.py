"""The outside world, one file per outside thing: clock, checklist files, stored files, mail, PDF, pictures."""
