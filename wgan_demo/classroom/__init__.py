"""Rooms of a class: a code on the wall, guesses without names, and the place where the lecturer is. No screen."""
