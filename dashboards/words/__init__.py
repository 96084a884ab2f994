"""What people read: state words, column headings and the sentences that several screens say.

Here stands which language is read; another language is another folder with the same names. Codes
that go into the record (PASS, RAW, ADMIN) stay as they are printed on the plant's own papers.
"""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.checks import (
    BALANCE_UNKNOWN,
    CHECK_STATES,
    CHECK_TALLY,
    CHECKS_AS_OF,
    CHECKS_INCOMPLETE,
    CHECKS_LEFT_OUT,
    EVERY_BALANCE_ADDS_UP,
    EVERY_CHECK_PASSED,
    FACTS_SINCE,
    FOUND,
    KNOWN_BALANCES_ADD_UP,
    NEVER_LOOKED,
    NO_LOTS,
    NO_ROW_BREAKS_IT,
    NO_ROW_BROKE_IT,
    NO_RUN,
    NOT_SINCE,
    NOTHING_FAILED_THEN,
    OTHER_RECORD,
    RUN_INTERRUPTED,
    RUN_UNDER_WAY,
    SETTLE_CHOOSE,
    SETTLE_HOW,
    SETTLE_SAVE,
    SETTLE_TITLE,
    SETTLE_WHICH,
    SETTLED_COUNT,
    SETTLED_FINDING,
    SETTLED_NOW,
    SETTLED_TITLE,
    SETTLEMENTS,
)
from dashboards.words.english.columns import COLUMNS
from dashboards.words.english.fields import (
    FLOOR_DAY,
    FLOOR_DAY_ALONE,
    FLOOR_TIME,
    LABEL_FILLED,
    LOT_VOIDED,
    NO_LOT,
    NO_LOT_THEN,
    NO_PRODUCT_OF_GTIN,
    REASON_LABEL,
    SCAN_MEANS_MANY,
    SCAN_MEANS_NONE,
    SHIPPED_LABEL,
    TAKEN_LABEL,
    TEMPERATURE_LABEL,
    TIMES_IN,
    UNCHANGED,
    WEIGHT_LABEL,
)
from dashboards.words.english.files import file_words
from dashboards.words.english.measures import (
    NOT_RECORDED,
    UNKNOWN,
    kilograms,
    measured_words,
    over_words,
    plural,
    together,
    unit_words,
)
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
    TICKS,
    WITHIN,
)
from dashboards.words.english.traces import (
    DIRECTIONS,
    EXPOSURE_AT_LEAST,
    EXPOSURE_BY_CODE,
    EXPOSURE_LEAST,
    EXPOSURE_MEASURES,
    EXPOSURE_UNITS,
    EXPOSURE_UNKNOWN,
    EXPOSURE_WORST_FIRST,
    GAPS,
    GRAPH_LEGEND,
    ROW_DIRECTIONS,
    STANDINGS,
    VERDICTS,
)
