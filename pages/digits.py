"""Lesson: the same two networks on pictures, a standard GAN beside a WGAN-GP."""

from wgan_demo.ui import lesson
from wgan_demo.ui.images import duel

lesson.title("digits")
duel.show()
