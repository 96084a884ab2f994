"""Whether an embedded server answers, asked as its owner and without a process of its own."""

import socket
from enum import Enum, auto

import psycopg

from sql.record.places import Place

OWNER = "lotline_owner"
MAINTENANCE = "postgres"  # the database that every server has
PORT_FILE = ".s.PGSQL.5432"
CONNECT_SECONDS = 10


class Answer(Enum):
    """What a server says to somebody who connects."""

    READY = auto()
    NOT_YET = auto()  # it is there, and is still starting or recovering
    NONE = auto()


def answer_of(place: Place) -> Answer:
    """Ask a server whether it takes connections."""
    try:
        psycopg.connect(
            host=str(place.socket),
            user=OWNER,
            dbname=MAINTENANCE,
            connect_timeout=CONNECT_SECONDS,
        ).close()
    except psycopg.OperationalError:
        return Answer.NOT_YET if _is_there(place) else Answer.NONE
    return Answer.READY


def _is_there(place: Place) -> bool:
    """Tell whether anything listens on the server's socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(place.socket / PORT_FILE))
        except OSError:
            return False
    return True
