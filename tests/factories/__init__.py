"""Rows for tests: plain functions, one file per noun. Each flushes and leaves the commit to whoever asks."""
