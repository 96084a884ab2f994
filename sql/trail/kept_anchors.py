"""The audit anchors this plant keeps: those of its file and those of its editions."""

from sql.settings import Settings
from sql.trail.anchors import Anchor, UnreadableAnchor, read_anchors
from sql.warehouse.editions import kept_editions


def all_anchors(config: Settings) -> list[Anchor | UnreadableAnchor]:
    """Read every anchor kept outside the record, those of other databases too.

    Raises:
        AnchorsUnreadable: The file can't be opened.
    """
    of_editions = [
        Anchor(
            about["audit_length"],
            about["audit_head"],
            about["record_as_of"],
            f"edition {about['edition_id']}",
            about.get("cluster"),
            about.get("database"),
        )
        for about in kept_editions(config.home)
        if about.get("audit_length")
    ]
    return [*read_anchors(config.anchors), *of_editions]
