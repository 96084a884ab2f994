"""How often one person or address may ask: moving windows of a minute, in this process's memory.

Fixed windows let nearly twice the limit through at their edge; a moving one counts the last
sixty seconds, whenever they began.
"""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

LOGIN = RateLimitItemPerMinute(10, namespace="login")
LOTS = RateLimitItemPerMinute(100, namespace="lots")
DECISIONS = RateLimitItemPerMinute(100, namespace="decisions")
TRACE = RateLimitItemPerMinute(50, namespace="trace")


class TooOften(Exception):
    """Somebody asked more often than the limit allows; not a refusal of the plant's rules."""

    def __init__(self, limit: RateLimitItemPerMinute, wait_seconds: int) -> None:
        """Say the limit and when to try again."""
        super().__init__(
            f"More than {limit.amount} requests a minute. Try again in {wait_seconds} s."
        )
        self.wait_seconds = wait_seconds


class Limiter:
    """Counts requests; one a process."""

    def __init__(self) -> None:
        """Begin with nothing counted."""
        self._windows = MovingWindowRateLimiter(MemoryStorage())

    def count(self, limit: RateLimitItemPerMinute, who: str) -> None:
        """Count one request of somebody.

        Raises:
            TooOften: The limit is reached; the request isn't counted.
        """
        if not self._windows.hit(limit, who):
            reset_at = self._windows.get_window_stats(limit, who).reset_time
            raise TooOften(limit, max(1, math.ceil(reset_at - time.time())))
