"""A run to take away."""
