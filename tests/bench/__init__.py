"""How fast and how large Miyar is: ``make bench``. Nothing here is a test; nothing here asserts."""
