"""Generative adversarial networks that train: no screen, no clock, no thread."""
