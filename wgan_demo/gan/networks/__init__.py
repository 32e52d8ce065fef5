"""The networks that a config can ask for."""
