"""Tickets that one request swaps for a session's cookie: good once, for half a minute."""

import secrets
import time
from threading import Lock

TICKET_SECONDS = 30


class Tickets:
    """Tokens that wait to become cookies; in memory only."""

    def __init__(self) -> None:
        """Begin with none."""
        self._waiting: dict[str, tuple[str, float]] = {}
        self._lock = Lock()

    def issue(self, token: str) -> str:
        """Issue a ticket for a token."""
        ticket = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            fresh = {key: kept for key, kept in self._waiting.items() if kept[1] > now}
            self._waiting = fresh | {ticket: (token, now + TICKET_SECONDS)}
        return ticket

    def redeem(self, ticket: str) -> str | None:
        """Hand out a ticket's token, once; None for a used, old or unknown ticket."""
        with self._lock:
            token, expires_at = self._waiting.pop(ticket, (None, 0.0))
        return token if time.monotonic() < expires_at else None


tickets = Tickets()
