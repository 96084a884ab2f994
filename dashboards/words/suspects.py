"""What people read of what bad lots have in common; see `dashboards.words`."""

from dashboards.words.english.suspects import (
    CHANCE_HELP,
    SUSPECT_CHANCE,
    SUSPECT_GROUPS,
    SUSPECT_HARDLY,
    TRAITS,
    TRAITS_BARE,
)

__all__ = [
    "CHANCE_HELP",
    "SUSPECT_CHANCE",
    "SUSPECT_GROUPS",
    "SUSPECT_HARDLY",
    "TRAITS",
    "TRAITS_BARE",
]
