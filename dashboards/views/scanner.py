"""The scanner of a page: what a wedge types while no text field has the focus, or a camera reads.

Its two halves run in the browser (`scanning/`); what a scan means is not here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from dashboards.views.scan_boxes import SCAN_BOXES
from dashboards.words.scanning import CAMERA_WORDS
from sql.genealogy.labels import LONGEST

KEY = "scanner"
READER_ADDRESS = "/zxing"  # served by the front door's own server
_KEEP, _SHOWN_SETTINGS = "scanner_keep", "terminal"
_FILES = Path(__file__).parent / "scanning"


def _read(*names: str) -> str:
    return "\n".join((_FILES / name).read_text(encoding="utf-8") for name in names)


_mount = component(
    "lotline_scanner",
    html=_read("scanner.html"),
    css=_read("scanner.css"),
    js=_read("wedge.js", "camera.js", "scanner.js"),
)


@dataclass(frozen=True)
class Scan:
    """What was scanned.

    Attributes:
        text: As this terminal's setting reads it.
        place: As the places of the keys say, on an English (US) keyboard.
        sign: As the computer's own keyboard reads them.
        spellings: How FNC1 came: ctrl, alt, f8, text.
        by: wedge or camera.
    """

    text: str
    place: str
    sign: str
    spellings: tuple[str, ...]
    by: str

    @classmethod
    def of(cls, sent: Any) -> "Scan | None":
        """Read what a browser sent; None: it is no scan. Texts end at LONGEST characters."""
        if not isinstance(sent, Mapping):
            return None
        names = ("text", "place", "sign", "by")
        texts = [sent[name][:LONGEST] for name in names if isinstance(sent.get(name), str)]
        if len(texts) < len(names) or not texts[0].strip():
            return None
        named = sent.get("spellings")
        spellings = named if isinstance(named, list) else []
        text, place, sign, by = texts
        return cls(text, place, sign, tuple(str(one) for one in spellings), by)


def mount_scanner(on_scan: Callable[[], None], *, asks_terminal: bool = False) -> None:
    """Mount the page's scanner, once a page.

    Args:
        on_scan: Called when something was scanned; `scanned` returns it.
        asks_terminal: Whether the page wants to know how this terminal is set (`terminal`).
    """
    with st.container(key="scanner_place"):
        _mount(
            key=KEY,
            data={
                "base": READER_ADDRESS,
                "boxes": list(SCAN_BOXES),
                "words": CAMERA_WORDS,
                "keep": st.session_state.pop(_KEEP, None),
                "asks_terminal": asks_terminal,
                "takes_all": asks_terminal,
            },
            on_scan_change=on_scan,
            on_terminal_change=_note,
        )


def scanned() -> Scan | None:
    """Return what was scanned just now; for callbacks."""
    return Scan.of(st.session_state[KEY].get("scan"))


def terminal() -> Mapping[str, Any]:
    """Return what the browser said of this terminal: keys, has_camera; empty until it did."""
    told = st.session_state[KEY].get(_SHOWN_SETTINGS) if KEY in st.session_state else None
    return told if isinstance(told, Mapping) else {}


def keep_terminal(settings: Mapping[str, str]) -> None:
    """Have the browser keep settings for this terminal."""
    st.session_state[_KEEP] = dict(settings)


def _note() -> None:
    """Have the page drawn with what the browser said."""
