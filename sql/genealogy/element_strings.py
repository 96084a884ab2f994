"""GS1 element strings, read by `biip`: their elements, check digits, and where one may end.

What a whole label says is for `sql.genealogy.labels`.
"""

from biip import ParseConfig, ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_messages import GS1Message

_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)
OPEN_ENDED = {"10": "lot", "21": "serial"}
NAMES = {
    "00": "sscc",
    "01": "gtin",
    "02": "gtin",
    "10": "lot",
    "11": "made",
    "13": "packed",
    "15": "best_before",
    "17": "expires",
    "21": "serial",
    "37": "count",
}


def parsed(text: str, *, is_bracketed: bool) -> list[tuple[str, str]] | None:
    """Return (application identifier, value) of each element; None: no element string."""
    read = GS1Message.parse_hri if is_bracketed else GS1Message.parse
    try:
        return [(e.ai.ai, e.value) for e in read(text, config=_CONFIG).element_strings]
    except ParseError:
        return None


def possible_ends(value: str) -> list[str]:
    """Return what an unended value may be without elements that may follow in it, longest first.

    A value of open length ends with FNC1 or with the scan. Where its tail reads as elements that
    plants print after a lot, a scanner may have dropped the FNC1 between.
    """
    ends = []
    for at in range(len(value) - 1, 0, -1):
        tail = parsed(value[at:], is_bracketed=False)
        if tail and all(ai in NAMES or ai.startswith("310") for ai, _value in tail):
            ends.append(value[:at])
    return ends


def checks(digits: str) -> bool:
    """Tell whether a number's check digit is right."""
    return gs1_standard_check_digit(digits[:-1]) == int(digits[-1])
