"""Note the audit chain's anchors outside the database while the server runs."""

import asyncio
import logging

from starlette.concurrency import run_in_threadpool

from dashboards.sessions import connections
from sql.errors import LotlineError
from sql.trail.anchor_writing import note_anchor

ANCHOR_SECONDS = 10
logger = logging.getLogger(__name__)


async def keep_anchors() -> None:
    """Note the audit chain's length and head outside the database, whenever there is news."""
    while True:
        try:
            await run_in_threadpool(_note_anchor)
        except (LotlineError, OSError) as missing:
            logger.warning("No anchor could be noted: %s", missing)
        await asyncio.sleep(ANCHOR_SECONDS)


def _note_anchor() -> None:
    """Note one anchor, if something was written since the last."""
    with connections.record().transaction() as transaction:
        note_anchor(transaction, connections.config().anchors)
