"""Which new passwords are refused: too short, too long, common, or easily guessed."""

import re
from collections.abc import Sequence

from zxcvbn import zxcvbn

from dashboards.commands.refusals import BadValue

SHORTEST = 12
LONGEST = 1024
WEIGHED_CHARACTERS = 72  # what zxcvbn can weigh; its time grows with the square
SHORTEST_BESIDES_OWN_WORDS = 8
SHORTEST_WORD = 3
SAFE_SCORE = 2  # zxcvbn: 10^6 guesses or more


def guard_strength(password: str, *, about: Sequence[str]) -> None:
    """Refuse a new password that can't be kept or is easily guessed.

    Args:
        password: 12 to 1,024 characters.
        about: What a guesser would try first: the person's name and address.

    Raises:
        BadValue: It is too short, too long, common or easily guessed; says why.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadValue(
            f"password must have {SHORTEST} to {LONGEST} characters.",
            field="password",
            code="PASSWORD_LENGTH",
        )
    if any("\ud800" <= character <= "\udfff" for character in password):
        raise BadValue(
            "password has a character that can't be kept. Type it anew.",
            field="password",
            code="CHARACTERS",
        )
    words = [word for one in about for word in [one, *re.split(r"[\W_]+", one)] if word]
    _guard_own_words(password, words)
    weighed = zxcvbn(password[:WEIGHED_CHARACTERS], user_inputs=[*words, "lotline"])
    if weighed["score"] < SAFE_SCORE:
        why = weighed["feedback"]["warning"] or "It can be guessed."
        raise BadValue(
            f"password is too easy to guess. {why} Use a few unrelated words.",
            field="password",
            code="PASSWORD_GUESSABLE",
        )


def _guard_own_words(password: str, words: Sequence[str]) -> None:
    """Refuse a password that is little more than the person's own name or address.

    zxcvbn counts each word and each date as a guess of its own, so a full name with this year
    behind it scores well enough; yet whoever knows the person tries just that.
    """
    rest = password.casefold()
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= SHORTEST_WORD:
            rest = rest.replace(word.casefold(), "")
    if rest != password.casefold() and len(rest) < SHORTEST_BESIDES_OWN_WORDS:
        raise BadValue(
            "password is too easy to guess: it is little more than your own name or address. "
            "Use a few unrelated words.",
            field="password",
            code="PASSWORD_GUESSABLE",
        )
