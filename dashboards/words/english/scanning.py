"""Scanners and cameras in English."""

CAMERA_WORDS = {
    "open": "Scan with the camera",
    "close": "Close",
    "starting": "The camera is starting …",
    "looking": "Hold the code into the picture.",
    "several": "Several codes are in the picture. Which one?",
    "needs_https": "This page came over plain http, so the browser gives it no camera. Open "
    "Lotline by https, or use a hand scanner: that works here.",
    "NotAllowedError": "The browser was told to give no camera to this page. Allow it beside the "
    "address, then try again.",
    "NotFoundError": "This device has no camera. Use a hand scanner, or type the code.",
    "NotReadableError": "Another program has the camera. Close it there, then try again.",
    "broken": "The camera can't be used. Use a hand scanner, or type the code.",
}

SCAN_UNKNOWN = "Nothing in the record is {typed}. Check the label, or search for part of it."
PARENT_SCANNED = "Lot {code} is on the list of what went in."
PARENT_LISTED = "Lot {code} is on the list of what went in already."

SCANNER_LEAD = (
    "A hand scanner works on every page. While the cursor is in a box for a code, the scan goes "
    "there; while it is in no box, the page opens what was scanned."
)
CARD_TITLE = "Set up this terminal"
CARD_HELP = "Scan this card. The page says what arrived and sets this terminal by it."
CARD_PRINT = "Print the card (PDF)"
CARD_NAME = "Calibration card"
CARD_ARRIVED = "Arrived: `{text}`"
CARD_WAITING = "Nothing was scanned yet."
CARD_BY_CAMERA = (
    "The camera reads the card rightly. To set up the hand scanner, scan the card with it."
)
CARD_GOOD = "The card arrived whole, read {how}, FNC1 {fnc1}. This terminal is set."
CARD_NO_FNC1 = (
    "The signs are right, read {how}, but FNC1 is missing: where a lot ends can't be told. Have "
    "the scanner send FNC1 (its manual may call it GS substitution or function codes), best as "
    "Ctrl+], and scan the card again."
)
CARD_WRONG = (
    "This is not what the card says. If it was the card: set the scanner's keyboard to English "
    "(US) by its manual, and scan the card again."
)
TERMINAL_KEYS = "This terminal reads a scanner's keys"
KEYS = {
    "place": "By their place: the scanner is set to English (US)",
    "sign": "As this computer does: the scanner is set to its language",
}
READ_HOW = {"place": "by the places of the keys", "sign": "as this computer reads its keyboard"}
FNC1_AS = {
    "ctrl": "as Ctrl+]",
    "alt": "as Alt+029",
    "f8": "as F8",
    "text": "as text",
}
CAMERA_TITLE = "Camera"
CAMERA_HERE = "The camera's button is at the top of every page. Pictures stay in this browser."
SCANNER_TITLE = "Scanner"
