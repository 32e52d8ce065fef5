"""One iteration in all its pieces."""
