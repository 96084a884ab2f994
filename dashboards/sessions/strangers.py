"""How many sockets may be open whose people haven't signed in: few from one place, some in all.

Each costs the server a session and a thread, and nobody answers for it. One more is refused, so
that whoever opens hundreds stops only themselves. Who signs in counts no more from then on.
"""

import secrets
from collections import Counter
from functools import cache
from threading import Lock

from dashboards.sessions.connections import config

# The door tells the app's page by this header which socket it is drawn for.
SOCKET = "x-lotline-socket"


class Strangers:
    """Sockets of people who haven't signed in; a serving process has one list (`strangers`)."""

    def __init__(self, from_one_place: int, in_all: int) -> None:
        """Begin with none.

        Args:
            from_one_place: How many there may be from one address.
            in_all: How many there may be from all addresses together.
        """
        self._from_one_place = from_one_place
        self._in_all = in_all
        self._places: dict[str, str] = {}
        self._lock = Lock()

    def come(self, place: str) -> str | None:
        """Count a socket and return its name; None: there are too many, from there or in all.

        Args:
            place: Where it comes from: an address.
        """
        with self._lock:
            is_full = len(self._places) >= self._in_all
            if is_full or Counter(self._places.values())[place] >= self._from_one_place:
                return None
            name = secrets.token_urlsafe(16)
            self._places[name] = place
            return name

    def go(self, name: object) -> None:
        """Count a socket no more: it was closed, or its person has signed in.

        Args:
            name: The socket's; what names none changes nothing.
        """
        with self._lock:
            self._places.pop(str(name), None)

    def count(self) -> int:
        """Count those there are."""
        with self._lock:
            return len(self._places)


@cache
def strangers() -> Strangers:
    """Return this process's list, bounded as the plant's settings say."""
    limits = config()
    return Strangers(limits.strangers_per_address, limits.strangers_in_all)
