"""What people read of a lot that its origin stops, that waits, or that has expired."""

from dashboards.words.english.origins import (
    ASSESS_REASON,
    EXPIRED_SAID,
    STOPPED_SAID,
    WAITS_SAID,
)

__all__ = ["ASSESS_REASON", "EXPIRED_SAID", "STOPPED_SAID", "WAITS_SAID"]
