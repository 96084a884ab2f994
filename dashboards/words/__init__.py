"""What people read: state words, column headings and the sentences that several screens say.

Here stands which language is read; another language is another folder with the same names. Codes
that go into the record (PASS, RAW, ADMIN) stay as they are printed on the plant's own papers.
"""

from dashboards.words.english.columns import COLUMNS
from dashboards.words.english.measures import UNKNOWN, kilograms, plural
from dashboards.words.english.states import (
    ACCOUNT,
    BALANCE,
    DECISIONS,
    DISPOSITIONS,
    EVIDENCE,
    LOT_TYPES,
    NO_EDITION,
    NO_TYPE,
    ROLES,
    SIGN_HERE,
    SIGNED,
    SIGNED_BY,
    STAGES,
    WITHIN,
)
from dashboards.words.english.traces import (
    CHANCE_HELP,
    DIRECTIONS,
    EXPOSURE_MEASURES,
    EXPOSURE_UNITS,
    GAPS,
    GRAPH_LEGEND,
    LABEL_NOTES,
    LABEL_PARTS,
    ROW_DIRECTIONS,
    SUSPECT_CHANCE,
    SUSPECT_GROUPS,
    SUSPECT_HARDLY,
    TRAITS,
    TRAITS_BARE,
)

__all__ = [
    "ACCOUNT",
    "BALANCE",
    "CHANCE_HELP",
    "COLUMNS",
    "DECISIONS",
    "DIRECTIONS",
    "DISPOSITIONS",
    "EVIDENCE",
    "EXPOSURE_MEASURES",
    "EXPOSURE_UNITS",
    "GAPS",
    "GRAPH_LEGEND",
    "LABEL_NOTES",
    "LABEL_PARTS",
    "LOT_TYPES",
    "NO_EDITION",
    "NO_TYPE",
    "ROLES",
    "ROW_DIRECTIONS",
    "SIGNED",
    "SIGNED_BY",
    "SIGN_HERE",
    "STAGES",
    "SUSPECT_CHANCE",
    "SUSPECT_GROUPS",
    "SUSPECT_HARDLY",
    "TRAITS",
    "TRAITS_BARE",
    "UNKNOWN",
    "WITHIN",
    "kilograms",
    "plural",
]
