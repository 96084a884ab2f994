"""The tokens by which a program speaks for a person: JWT, HS256, half an hour.

A token says who, never what they may do: the role in it is for the client to read, and the
one that counts is looked up on every call. Its `jti` stands for a session in the record, so that a
token ends with it: signed out everywhere, another role or password, switched off.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt
from jwt.utils import base64url_decode, base64url_encode

from dashboards.commands.authority import Person
from sql.settings import Settings

ALGORITHM = "HS256"
HEADER = {"alg": ALGORITHM, "typ": "JWT"}
LONGEST_TOKEN = 2000
ISSUER = "lotline"
AUDIENCE = "lotline-api"
CLAIMS = ["sub", "role", "iss", "aud", "exp", "jti"]
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Claim:
    """What a token of ours claims: its user, and the session it stands for."""

    user_id: int
    jti: str


def issue_token(settings: Settings, person: Person, jti: str) -> str:
    """Issue a token to a person who has just signed in, whose session `jti` names."""
    now = datetime.now(UTC)
    claims = {
        "sub": str(person.user_id),
        "role": person.role.value,
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + timedelta(minutes=settings.token_minutes),
        "jti": jti,
    }
    return jwt.encode(claims, settings.signing_key, algorithm=ALGORITHM)


def claim_of(settings: Settings, token: str) -> Claim | None:
    """Read what a token claims; None: it is not ours, altered, expired or too long.

    Stricter than the standard where that costs our own clients nothing: a header as we write it
    (no key or algorithm of the client's choice), one spelling of the base64, whole claims.
    """
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        if jwt.get_unverified_header(token) != HEADER or not _is_spelt_our_way(token):
            return None
        claims = jwt.decode(
            token,
            settings.signing_key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={"require": CLAIMS},
        )
    except jwt.InvalidTokenError:
        return None
    subject, jti = claims["sub"], claims["jti"]
    if claims["aud"] != AUDIENCE or type(claims["exp"]) is not int or not isinstance(jti, str):
        return None
    if not (subject.isascii() and subject.isdigit()):
        return None
    return Claim(int(subject), jti) if int(subject) <= LARGEST_ID else None


def _is_spelt_our_way(token: str) -> bool:
    """Tell whether each part is base64 as we write it: the last character has idle bits."""
    return all(
        base64url_encode(base64url_decode(part)).decode() == part for part in token.split(".")
    )
