"""How many sockets may be open whose people haven't signed in: few from one place, some in all.

Each costs the server a session and a thread, and nobody answers for it. One more is refused, so
that whoever opens hundreds stops only themselves. Who signs in counts no more from then on.
"""

import secrets
from collections import Counter
from threading import Lock

# The door tells the app's page by this header which socket it is drawn for.
SOCKET = "x-lotline-socket"
FROM_ONE_PLACE = 40
IN_ALL = 200


class Strangers:
    """Sockets of people who haven't signed in; each process has one list."""

    def __init__(self, from_one_place: int = FROM_ONE_PLACE, in_all: int = IN_ALL) -> None:
        """Begin with none."""
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


strangers = Strangers()
