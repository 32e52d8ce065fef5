"""Bugs that others have shipped, put into the trainer that runs: each replaces a few lines of it."""
