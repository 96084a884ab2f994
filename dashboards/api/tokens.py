"""The tokens by which a program speaks for a person: JWT, HS256, half an hour.

A token says who, never what they may do: the role in it is for the client to read, and the
one that counts is looked up on every call.
"""

import secrets
from datetime import UTC, datetime, timedelta

import jwt

from dashboards.commands.authority import Person
from sql.settings import Settings

ALGORITHM = "HS256"
ISSUER = "lotline"
AUDIENCE = "lotline-api"
CLAIMS = ["sub", "role", "iss", "aud", "exp", "jti"]


def issue_token(settings: Settings, person: Person) -> str:
    """Give a fresh token for a person who has just signed in."""
    now = datetime.now(UTC)
    claims = {
        "sub": str(person.user_id),
        "role": person.role.value,
        "iss": ISSUER,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + timedelta(minutes=settings.token_minutes),
        "jti": secrets.token_urlsafe(16),
    }
    return jwt.encode(claims, settings.signing_key, algorithm=ALGORITHM)


def user_id_of(settings: Settings, token: str) -> int | None:
    """Give the user a token speaks for; None when it is not ours, altered or expired."""
    try:
        claims = jwt.decode(
            token, settings.signing_key, algorithms=[ALGORITHM], audience=AUDIENCE, issuer=ISSUER,
            options={"require": CLAIMS},
        )  # fmt: skip
    except jwt.InvalidTokenError:
        return None
    subject = claims["sub"]
    return int(subject) if subject.isascii() and subject.isdigit() else None
