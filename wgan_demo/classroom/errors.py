"""What can be wrong with a room."""


class Unreachable(Exception):
    """The database does not answer."""


class NoSuchRoom(Exception):
    """The room was closed, is older than a day, or never was."""


class NotTheLecturer(Exception):
    """Only who has the room's key may do this."""
