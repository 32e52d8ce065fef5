"""A run as it is kept, and what can be read off it."""
