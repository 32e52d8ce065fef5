"""A room for a class: opened by a lecturer, entered by code; every question of the course is then a poll."""

from wgan_demo.ui import lesson
from wgan_demo.ui.room import wall
from wgan_demo.ui.room.seat import seat

lesson.title("class")
if (here := seat()) is None:
    wall.door()
elif here.leads:
    wall.wall(here)
else:
    wall.waiting(here)
