"""Text that people typed, so that Markdown shows it as it is: no format, link, icon or picture."""

import re

# What begins something in Streamlit's Markdown. A number only where it begins the text (a list).
_SIGNS = re.compile(r"[\\`*_\[\]{}<>#|~:$&!@^]|^\d+(?=[.)](?:\s|$))|^[-+=]")
# These are swapped after Markdown was read, where no backslash helps: an empty piece of small print
# parts them. It has no character, so whoever copies the text copies nothing else.
_SHORTCODE = re.compile(r":(?=[\w+\-/.]+:)")
_ARROWS = re.compile(r"(?<=[<\-])(?=[\-])|(?<=-)(?=>)|(?<=[<>])(?==)")
# Addresses are made links then too: https://a.b, www.a.b, a@b.c.
_ADDRESSES = re.compile(r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?<=@)", re.IGNORECASE)
JOINT = ":small[]"
_PLACE = "\0"  # stands for it until the signs are escaped; the record keeps no text with one


def literal(text: str) -> str:
    """Escape text so that Markdown shows it as it is, on one line."""
    line = " ".join(text.replace(_PLACE, "").splitlines())
    if line.startswith(("\t", "  ")):  # of four, Markdown makes a block of code
        line = " " + line.lstrip(" \t")
    parted = _SHORTCODE.sub(f":{_PLACE}", line)
    for joint in (_ARROWS, _ADDRESSES):
        parted = joint.sub(_PLACE, parted)
    return _SIGNS.sub(_escaped, parted).replace(_PLACE, JOINT)


def literal_lines(text: str) -> str:
    """Escape text alike, each of its lines on a line of its own: a refusal that names several."""
    return "  \n".join(literal(line) for line in text.splitlines() if line.strip())


def _escaped(sign: re.Match) -> str:
    """Put the backslash before a sign; a number keeps its digits and parts from its dot."""
    found = sign.group()
    return found + _PLACE if found[0].isdigit() else f"\\{found}"
