"""Wasserstein GANs, exact and live: the numbers, the pictures and the pages of the course."""

__version__ = "0.1.0"
