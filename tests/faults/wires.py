"""A wire to PostgreSQL that a test can cut at a chosen word."""

import contextlib
import socket
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from sqlalchemy import make_url


class Cut(Enum):
    """When a wire is cut: before the server hears the word, or after it has answered."""

    UNHEARD = "the server never hears it"
    UNANSWERED = "the server does it; its answer is lost"


@dataclass
class Wire:
    """Carries bytes between a driver and the server until it hears the word it is cut at.

    Attributes:
        address: Of the wire's near end, in the same form as the server's.
        cuts: How often it was cut so far.
    """

    address: str
    cuts: int = 0
    _word: bytes | None = None
    _cut: Cut = Cut.UNHEARD
    _skip: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def cut_at(self, word: bytes, cut: Cut, skip: int = 0) -> None:
        """Be cut once, the next time the driver sends this word, having let it pass so often."""
        self._word, self._cut, self._skip = word, cut, skip

    def carry(self, near: socket.socket, far: socket.socket) -> None:
        """Carry what the driver says; ends with either side's end, or with the cut."""
        lost, answered = threading.Event(), threading.Event()
        threading.Thread(target=_pump, args=(far, near, lost, answered), daemon=True).start()
        with contextlib.suppress(OSError):
            while said := near.recv(65536):
                if self._is_the_word(said):
                    if self._cut is Cut.UNANSWERED:
                        lost.set()
                        far.sendall(said)
                        answered.wait(timeout=30)
                    break
                far.sendall(said)
        _shut(near)
        _shut(far)

    def _is_the_word(self, said: bytes) -> bool:
        with self._lock:
            if self._word is None or self._word not in said:
                return False
            if self._skip:
                self._skip -= 1
                return False
            self._word = None
            self.cuts += 1
            return True


def _pump(
    far: socket.socket, near: socket.socket, lost: threading.Event, answered: threading.Event
) -> None:
    """Carry what the server says, until an answer is to be lost."""
    with contextlib.suppress(OSError):
        while said := far.recv(65536):
            if lost.is_set():
                answered.set()
            else:
                near.sendall(said)
    _shut(near)


def _shut(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def wire_to(database: str) -> Iterator[Wire]:
    """Lay a wire to the server of an address."""
    url = make_url(database)
    far_end = f"{url.query['host']}/.s.PGSQL.5432"
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(Path(folder) / ".s.PGSQL.5432"))
        ear.listen()
        near_end = url.update_query_dict({"host": folder})
        wire = Wire(near_end.render_as_string(hide_password=False))

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    near, _ = ear.accept()
                    far = socket.socket(socket.AF_UNIX)
                    far.connect(far_end)
                    threading.Thread(target=wire.carry, args=(near, far), daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        yield wire
        _shut(ear)
