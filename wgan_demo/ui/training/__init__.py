"""The lesson in which a generator learns."""
