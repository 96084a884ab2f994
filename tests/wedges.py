"""A hand scanner as a browser sees it: trusted keys by their places, with signs of a layout."""

import itertools
import time

from playwright.sync_api import CDPSession

SHIFTED = dict(zip(")!@#$%^&*(", range(10), strict=True))
PLACES = {"-": "Minus", "=": "Equal", "[": "BracketLeft", "]": "BracketRight", "/": "Slash"}
PLACES |= {"`": "Backquote", ",": "Comma", ".": "Period", " ": "Space", ";": "Semicolon"}
PLACES_SHIFTED = {"<": "Comma", ">": "Period", "{": "BracketLeft", "}": "BracketRight"}
PLACES_SHIFTED |= {"_": "Minus", "?": "Slash", ":": "Semicolon"}
# What a Hungarian keyboard has where an American one has another sign.
HUNGARIAN = {"0": "ö", "y": "z", "z": "y", "Y": "Z", "Z": "Y", "-": "ü", "/": "-", "<": "?"}
HUNGARIAN |= {">": ":", "{": "Ő", "}": "Ú", "]": "ú", "[": "ő", "=": "ó", "_": "Ü", ";": "é"}
GS = "\x1d"
ALT, CTRL, SHIFT = 1, 2, 8


def place_of(sign: str) -> tuple[str, int]:
    """Return which key of an American keyboard makes a sign, and what is held with it."""
    if sign.isascii() and sign.isalpha():
        return f"Key{sign.upper()}", SHIFT if sign.isupper() else 0
    if sign.isdigit():
        return f"Digit{sign}", 0
    if sign in SHIFTED:
        return f"Digit{SHIFTED[sign]}", SHIFT
    return (PLACES[sign], 0) if sign in PLACES else (PLACES_SHIFTED[sign], SHIFT)


class Wedge:
    """Types as a scanner set to English (US) on a computer of a layout."""

    def __init__(self, devtools: CDPSession, layout: dict[str, str] | None = None) -> None:
        self.devtools, self.layout = devtools, layout or {}

    def scan(self, text: str, fnc1: str = "ctrl", end: str = "Enter", quick_ms: float = 4) -> None:
        """Type a text, a key in so many milliseconds, FNC1 as it is spelled."""
        self.clock = itertools.count(time.time(), quick_ms / 1000)
        for sign in text:
            if sign != GS:
                self._sign(sign)
            elif fnc1 == "ctrl":
                self._key("BracketRight", self.layout.get("]", "]"), held=CTRL)
            elif fnc1 == "alt":
                self._key("AltLeft", "Alt", kinds=["rawKeyDown"])
                for digit in "029":
                    self._key(f"Numpad{digit}", digit, held=ALT)
                self._key("AltLeft", "Alt", kinds=["keyUp"])
            else:
                for part in fnc1:
                    self._sign(part)
        if end:
            self._key(end, end, text="\r" if end == "Enter" else "")

    def _sign(self, sign: str) -> None:
        code, held = place_of(sign)
        made = self.layout.get(sign, sign)
        self._key(code, made, text=made, held=held)

    def _key(self, code: str, key: str, text: str = "", held: int = 0, kinds=None) -> None:
        for kind in kinds or ["keyDown" if text else "rawKeyDown", "keyUp"]:
            event = {"type": kind, "code": code, "key": key, "modifiers": held}
            if kind == "keyDown":
                event["text"] = text
            if code in ("Enter", "Tab"):
                event["windowsVirtualKeyCode"] = {"Enter": 13, "Tab": 9}[code]
            event["timestamp"] = next(self.clock)
            self.devtools.send("Input.dispatchKeyEvent", event)
