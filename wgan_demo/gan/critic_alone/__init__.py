"""A critic trained against a generator that stands still."""
