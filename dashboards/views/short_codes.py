"""Long codes made short enough for a drawing, so that no two of them look alike."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise

HEAD, TAIL = 12, 21
LONGEST = HEAD + 1 + TAIL
BEFORE, AFTER = 6, 20
CUT = "…"


def short_codes(codes: Iterable[str]) -> dict[str, str]:
    """Shorten the codes of one drawing; each stays different from every other.

    A long code loses its middle. Where two would then look the same, what tells them apart is shown
    instead of the end; where that is not enough, the whole code.
    """
    every = sorted(set(codes))
    parts_at = _first_differences(every)
    short = _without_middle(every)
    for shorten in (lambda code: _around(code, parts_at[code]), str):
        seen = Counter(short.values())
        short |= {code: shorten(code) for code in every if seen[short[code]] > 1}
    return short


def wrapped(code: str, width: int) -> str:
    """Break a code into lines of at most so many signs, after a dash or space where one is near."""
    lines = []
    while len(code) > width:
        near = max(code.rfind(sign, width // 2, width) for sign in "- ./_")
        cut = near + 1 if near > 0 else width
        lines.append(code[:cut])
        code = code[cut:]
    return "\n".join([*lines, code])


def _without_middle(codes: Collection[str]) -> dict[str, str]:
    """Cut the middle out of each code that is too long."""
    return {
        code: code if len(code) <= LONGEST else f"{code[:HEAD]}{CUT}{code[-TAIL:]}"
        for code in codes
    }


def _around(code: str, at: int) -> str:
    """Show a code's beginning, and what stands around the place that parts it from others."""
    start, end = max(BEFORE, at - BEFORE), at + AFTER
    gap = CUT if start > BEFORE else ""
    return f"{code[:BEFORE]}{gap}{code[start:end]}{CUT if end < len(code) else ''}"


def _first_differences(codes: list[str]) -> dict[str, int]:
    """Say of each sorted code where it last begins to differ from a neighbour."""
    at = dict.fromkeys(codes, 0)
    for one, other in pairwise(codes):
        same = next(
            (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
            min(len(one), len(other)),
        )
        at[one], at[other] = max(at[one], same), max(at[other], same)
    return at
