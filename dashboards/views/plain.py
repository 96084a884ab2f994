"""Text that people typed, so that Markdown shows it as it is: no format, link, icon or picture."""

import re

# What begins something in Streamlit's Markdown. A number only where it begins the text (a list).
_SIGNS = re.compile(r"[\\`*_\[\]{}<>#|~:$&!@^]|^\d+(?=[.)](?:\s|$))|^[-+=]")
# These are swapped after Markdown was read, where no backslash helps: a mark that can't be seen
# parts them, on the screen only.
_SHORTCODE = re.compile(r":(?=[\w+\-/.]+:)")
_ARROWS = re.compile(r"(?<=[<\-])(?=[\-])|(?<=-)(?=>)|(?<=[<>])(?==)")
# Addresses are made links then too: https://a.b, www.a.b, a@b.c.
_ADDRESSES = re.compile(r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
_UNSEEN = "\u2060"


def literal(text: str) -> str:
    """Escape text so that Markdown shows it as it is, on one line."""
    line = " ".join(text.splitlines())
    parted = _SHORTCODE.sub(f":{_UNSEEN}", line)
    for joint in (_ARROWS, _ADDRESSES):
        parted = joint.sub(_UNSEEN, parted)
    return _SIGNS.sub(_escaped, parted)


def _escaped(sign: re.Match) -> str:
    """Put the backslash before a sign; a number keeps its digits and parts from its dot."""
    found = sign.group()
    return found + _UNSEEN if found[0].isdigit() else f"\\{found}"
