"""GS1 element strings and Digital Links, read by `biip`: elements, check digits, possible ends.

What a whole label says is for `sql.genealogy.labels`.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from biip import ParseConfig, ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString
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
NET_KG = "310"
LONGEST_LOT = 20
_LONG_LOT = re.compile(rf"(?=(?:\(10\)|10)([!-'*-z]{{{LONGEST_LOT + 1},}}))")
_BRACKETS_BEHIND = re.compile(r"^(\d+)((?:\(\d{2,4}\)[^()]+)+)$")
# The standard's first edition wrote identifiers as words, and labels in use still do.
_NUMBERS = {"gtin": "01", "sscc": "00", "lot": "10", "ser": "21", "exp": "17"}
_IN_WORDS = re.compile(r"(?<=/)(gtin|sscc|lot|ser)(?=/)|(?<=[?&])exp(?==)")
DATES = ("11", "13", "15", "17")


@dataclass(frozen=True)
class Element:
    """One element of a label.

    Attributes:
        ai: Its application identifier.
        value: As printed.
        on: The day, where it is a date that exists; day 00 is the last of the month.
        number: The number, where the identifier says how many decimals it has.
    """

    ai: str
    value: str
    on: date | None = None
    number: Decimal | None = None

    @property
    def name(self) -> str:
        """Name what it says; an identifier without a name of ours by its number."""
        return "net_kg" if self.ai.startswith(NET_KG) else NAMES.get(self.ai, self.ai)


def parsed(text: str, *, is_bracketed: bool) -> list[Element] | None:
    """Return the elements of an element string; None: it is none.

    Two breaches of the standard are read: a lot of more than `LONGEST_LOT` characters, and digits
    with brackets behind them. Labels of both kinds are on floors, and neither is a lot's name.
    """
    read = _parsed(text, is_bracketed=is_bracketed)
    if read is None and not is_bracketed and (mixed := _BRACKETS_BEHIND.match(text)):
        ahead = _parsed(mixed[1], is_bracketed=False)
        behind = parsed(mixed[2], is_bracketed=True)
        return None if ahead is None or behind is None else [*ahead, *behind]
    return _with_long_lot(text, is_bracketed=is_bracketed) if read is None else read


def _with_long_lot(text: str, *, is_bracketed: bool) -> list[Element] | None:
    """Read a lot that is too long for its identifier, where all else is as the standard says."""
    for found in _LONG_LOT.finditer(text):
        lot = found[1]
        cut = lot[:LONGEST_LOT]
        read = _parsed(
            text[: found.start(1)] + cut + text[found.end(1) :], is_bracketed=is_bracketed
        )
        if read is not None and any((one.ai, one.value) == ("10", cut) for one in read):
            return [replace(one, value=lot) if one.ai == "10" else one for one in read]
    return None


def _parsed(text: str, *, is_bracketed: bool) -> list[Element] | None:
    """Return the elements of an element string that keeps the standard; None: it does not."""
    read = GS1Message.parse_hri if is_bracketed else GS1Message.parse
    try:
        return [_element(one) for one in read(text, config=_CONFIG).element_strings]
    except ParseError:
        return None


def linked(address: str) -> list[Element] | None:
    """Return the elements of a GS1 Digital Link; None: the address is none."""
    for one in (address, _IN_WORDS.sub(lambda word: _NUMBERS[word.group()], address)):
        try:
            read = GS1DigitalLinkURI.parse(one, config=_CONFIG)
        except (ParseError, ValueError):
            continue
        return [_element(element) for element in read.element_strings]
    return None


def possible_ends(value: str) -> list[str]:
    """Return what an unended value may be without elements that may follow in it, longest first.

    A value of open length ends with FNC1 or with the scan. Where its tail reads as elements that
    plants print after a lot, a scanner may have dropped the FNC1 between.
    """
    ends = []
    for at in range(len(value) - 1, 0, -1):
        tail = _parsed(value[at:], is_bracketed=False)
        if tail and all(one.ai in NAMES or one.ai.startswith(NET_KG) for one in tail):
            ends.append(value[:at])
    return ends


def checks(digits: str) -> bool:
    """Tell whether a number's check digit is right."""
    return gs1_standard_check_digit(digits[:-1]) == int(digits[-1])


def _element(read: GS1ElementString) -> Element:
    return Element(read.ai.ai, read.value, read.date, read.decimal)
