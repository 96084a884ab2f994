"""What the calibration card told of a scanner: how its keys are to be read, how FNC1 comes."""

import re
from dataclasses import dataclass

import streamlit as st

from dashboards.exports.calibration_card import CARD
from dashboards.views.scanner import Scan, keep_terminal
from dashboards.words.scanning import (
    CARD_BY_CAMERA,
    CARD_GOOD,
    CARD_NO_FNC1,
    CARD_WRONG,
    FNC1_AS,
    READ_HOW,
)
from sql.genealogy.labels import GS, trimmed

CARD_SCREEN = "scanner"
ARRIVED = "scanner_arrived"
KEYS_CHOSEN, KEYS_TOLD = "scanner_keys", "scanner_keys_told"
CARDS_READ = "scanner_cards_read"
_MARK = re.compile(r"^\](C1|d2|Q3|e0)")
_GS_WORDS = re.compile(r"<GS>|\{GS\}|\[GS\]|<FNC1>|\u241d", re.IGNORECASE)


@dataclass(frozen=True)
class Arrived:
    """What arrived of the card.

    Attributes:
        text: As it is read, FNC1 shown.
        kind: success, warning or error, as a message is drawn.
        words: What it means, and what to do.
        keys: How this terminal is to read keys; None: it stays as it is.
    """

    text: str
    kind: str
    words: str
    keys: str | None = None


def told_by_card(scan: Scan) -> Arrived:
    """Compare what arrived with what the card says, read in both ways."""
    shown = trimmed(scan.text)
    for keys, text in (("place", scan.place), ("sign", scan.sign)):
        read = _GS_WORDS.sub(GS, _MARK.sub("", text.strip(" \t\r\n"))).strip(GS)
        if read not in (CARD, CARD.replace(GS, "")):
            continue
        if scan.by == "camera":
            return Arrived(trimmed(text), "info", CARD_BY_CAMERA)
        how = READ_HOW[keys]
        if read != CARD:
            return Arrived(trimmed(text), "warning", CARD_NO_FNC1.format(how=how), keys)
        spelled = next((FNC1_AS[one] for one in scan.spellings if one in FNC1_AS), FNC1_AS["text"])
        words = CARD_GOOD.format(how=how, fnc1=spelled)
        return Arrived(trimmed(text), "success", words, keys)
    return Arrived(shown, "error", CARD_WRONG)


def keys_field() -> str:
    """Name the field in which a person chooses; each card that arrives draws it anew.

    A field that stands takes another value only while its drawing isn't cut off by the next scan;
    one drawn anew begins with the right one.
    """
    return f"{KEYS_CHOSEN}_{st.session_state.get(CARDS_READ, 0)}"


def note_card(scan: Scan) -> None:
    """Keep what arrived for the page to show, and set the terminal where the card tells how."""
    arrived = told_by_card(scan)
    st.session_state[ARRIVED] = arrived
    if arrived.keys is not None:
        st.session_state[CARDS_READ] = st.session_state.get(CARDS_READ, 0) + 1
        st.session_state[KEYS_TOLD] = arrived.keys
        keep_terminal({"keys": arrived.keys})
