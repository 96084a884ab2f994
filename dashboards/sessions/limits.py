"""How often one person or address may ask: moving windows of a minute, in this process's memory.

Fixed windows let nearly twice the limit through at their edge; a moving one counts the last
sixty seconds, whenever they began. Screens and API count in the same windows.
"""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from sql.settings import Settings

LOGIN = "login"
LOTS = "lots"
DECISIONS = "decisions"
TRACE = "trace"
OTHER = "other"


class TooOften(Exception):
    """Somebody asked more often than the limit allows; not a refusal of the plant's rules."""

    def __init__(self, amount: int, wait_seconds: int) -> None:
        """Say the limit and when to try again."""
        super().__init__(f"More than {amount} requests a minute. Try again in {wait_seconds} s.")
        self.wait_seconds = wait_seconds


class Limiter:
    """Counts requests; each process has one."""

    def __init__(self, settings: Settings) -> None:
        """Begin with nothing counted.

        Args:
            settings: How many requests of each kind a minute may hold.
        """
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._limits = {
            LOGIN: RateLimitItemPerMinute(settings.logins_per_minute, namespace=LOGIN),
            LOTS: RateLimitItemPerMinute(settings.lots_per_minute, namespace=LOTS),
            DECISIONS: RateLimitItemPerMinute(settings.decisions_per_minute, namespace=DECISIONS),
            TRACE: RateLimitItemPerMinute(settings.traces_per_minute, namespace=TRACE),
            OTHER: RateLimitItemPerMinute(settings.other_calls_per_minute, namespace=OTHER),
        }

    def count(self, kind: str, who: str) -> None:
        """Count one request of somebody.

        Raises:
            TooOften: The limit is reached; the request isn't counted.
        """
        limit = self._limits[kind]
        if not self._windows.hit(limit, who):
            reset_at = self._windows.get_window_stats(limit, who).reset_time
            raise TooOften(limit.amount, max(1, math.ceil(reset_at - time.time())))
