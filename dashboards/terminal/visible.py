"""Text that people typed, so that a terminal shows it as it is and obeys nothing in it."""

import unicodedata

# Joiners within words and pictures: without them other text would be shown.
_JOINERS = "\u200c\u200d"
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def visible(text: str, kept: str = "") -> str:
    r"""Return text with every sign that a terminal obeys or hides written out, as `\x1b`.

    Args:
        text: Any text; brackets, colons and backslashes in it stay as they are.
        kept: Signs to leave as they are, such as ends of lines.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        _written_out(sign)
        if unicodedata.category(sign) in _UNSEEN and sign not in kept + _JOINERS
        else sign
        for sign in text
    )


def _written_out(sign: str) -> str:
    """Write one sign as Python's source would."""
    return sign.encode("unicode_escape").decode("ascii")
