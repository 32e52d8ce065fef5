"""A class in one room: what a visitor who is in it sees of it on every page. Who is in none pays nothing."""

SEAT = "room_seat"  # is in the session of who is in a room of a class
TOLD = "room_told"  # and what there is to say about a room
