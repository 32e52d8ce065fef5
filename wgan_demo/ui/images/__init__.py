"""The lesson on pictures."""
