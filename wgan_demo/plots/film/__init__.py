"""A run as an animated GIF, for slides."""
