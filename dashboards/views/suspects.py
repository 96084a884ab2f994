"""What bad lots share, as words and table rows; nothing is calculated here."""

from collections.abc import Sequence
from typing import Any

from dashboards.reader.parts import percent
from dashboards.reader.signs import number
from dashboards.words.suspects import (
    SUSPECT_CHANCE,
    SUSPECT_GROUPS,
    SUSPECT_HARDLY,
    TRAITS,
    TRAITS_BARE,
)
from sql.genealogy.common_ancestors import CommonAncestors
from sql.genealogy.suspects import Suspect, Trait

COLUMNS = [
    "rank",
    "suspect",
    "evidence",
    "bad_share",
    "good_share",
    "lift",
    "chance",
    "corrected_chance",
    "suspicion",
]
FILE_COLUMNS = [
    "rank",
    "suspect",
    "kind",
    "code",
    "detail",
    "steps",
    "bad_with_count",
    "bad_count",
    "good_with_count",
    "good_count",
    "lift",
    "p",
    "corrected_p",
    "suspicion",
]
LEAST_CHANCE = 1e-9


def trait_words(trait: Trait) -> str:
    """Say what a trait is."""
    words = TRAITS if trait.detail else TRAITS_BARE
    return words[trait.kind].format(code=trait.code, detail=trait.detail)


def suspect_words(suspect: Suspect) -> str:
    """Say what a suspect is: the trait nearest to the bad lots, and how many go with it."""
    more = len(suspect.traits) - 1
    first = trait_words(suspect.traits[0])
    return first if more == 0 else SUSPECT_GROUPS.format(first=first, more=more)


def chance_words(p: float) -> str:
    """Say a chance so that it can be pictured: 1 in 924."""
    if p >= 0.5:
        return percent(p, 0)
    return (
        SUSPECT_CHANCE.format(count=number(1 / p, ",.0f")) if p >= LEAST_CHANCE else SUSPECT_HARDLY
    )


def one_in(p: float) -> float:
    """Return how many tries chance would need: 924 for 1 in 924; a billion for that or more."""
    tries = 1 / max(p, LEAST_CHANCE)
    return round(tries, 1) if tries < 10 else round(tries)


def rows(found: CommonAncestors, order: Sequence[int]) -> list[dict[str, Any]]:
    """Return a table row for each suspect, in the order of these positions."""
    bad, good = len(found.bad_codes), len(found.good_codes)
    return [
        {
            "rank": at + 1,
            "suspect": suspect_words(suspect),
            "evidence": suspect.stands_out,
            "bad_share": suspect.bad_with_count / bad,
            "good_share": suspect.good_with_count / good if good else None,
            "lift": round(suspect.lift, 2),
            "chance": one_in(suspect.p),
            "corrected_chance": one_in(suspect.corrected_p),
            "suspicion": suspect.weight,
        }
        for at, suspect in ((at, found.suspects[at]) for at in order)
    ]


def file_rows(found: CommonAncestors) -> list[dict[str, Any]]:
    """Return a row for each trait of every suspect, with all counts."""
    return [
        {
            "rank": at,
            "suspect": trait_words(trait),
            "kind": trait.kind,
            "code": trait.code,
            "detail": trait.detail,
            "steps": trait.steps,
            "bad_with_count": suspect.bad_with_count,
            "bad_count": len(found.bad_codes),
            "good_with_count": suspect.good_with_count,
            "good_count": len(found.good_codes),
            "lift": suspect.lift,
            "p": suspect.p,
            "corrected_p": suspect.corrected_p,
            "suspicion": suspect.weight,
        }
        for at, suspect in enumerate(found.suspects, start=1)
        for trait in suspect.traits
    ]
