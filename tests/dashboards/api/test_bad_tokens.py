"""The rows AUTH-06 to AUTH-13 of the shared list: tokens.

- AUTH-01 to AUTH-05, AUTH-16 and AUTH-17: in `test_bad_passwords`.
- AUTH-10's "no outside request": nothing here fetches a key, whatever the header says; a token
  whose header is not ours is refused before it is looked at.
- AUTH-13: the scheme's name counts in any case (RFC 9110); `bearer` with nothing after it is 401.
- AUTH-14, AUTH-15: a screen's socket and cookie, in the screens' and the server's tests.
"""

import base64
import hmac
import json
import time
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from dashboards.api.application import create_api
from dashboards.api.tokens import claim_of
from dashboards.commands.authority import Face, Person
from dashboards.commands.password_changes import reset_password
from dashboards.commands.people import add_user, change_user
from dashboards.commands.sessions import end_all_sessions, start_session
from sql.errors import SettingsIncomplete
from sql.settings import Settings
from sql.vocabulary import Role
from tests.cases import each_of

PASSWORD = "lotline-demo"
OURS = {"alg": "HS256", "typ": "JWT"}
INFINITE = 1e400
NOT = "left out"  # of the claims; a string, so that a test is called the same in each process


def coded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def signed(key: str, claims: dict, header: dict = OURS, digest: str = "sha256") -> str:
    """Make a token by hand, so that it may say what no library would write."""
    parts = ".".join(coded(json.dumps(part).encode()) for part in (header, claims))
    return f"{parts}.{coded(hmac.new(key.encode(), parts.encode(), digest).digest())}"


@pytest.fixture
def claims(plant):
    """Make claims that are good, with a live session behind them."""
    person = plant.people["ADMIN"]
    with plant.record.transaction() as transaction:
        jti = start_session(transaction, user_id=person.user_id, face=Face.API)
    return {
        "sub": str(person.user_id),
        "role": "ADMIN",
        "iss": "lotline",
        "aud": "lotline-api",
        "iat": int(time.time()),
        "exp": int(time.time()) + 600,
        "jti": jti,
    }


@pytest.fixture
def status(plant):
    """Make a function that tells the status that a token gets."""

    def ask(token: str) -> int:
        headers = {"Authorization": f"Bearer {token}"}
        return plant.client.get("/traceability/none", headers=headers).status_code

    return ask


@pytest.fixture
def key(plant):
    return plant.settings.signing_key


def test_a_token_made_by_hand_is_taken_so_the_ones_below_are_refused_for_what_they_say(
    status, claims, key
):
    assert status(signed(key, claims)) == 404


@each_of("alg", ["none", "None", "NONE", "nOnE", "", None], ids="AUTH-06-{}".format)
def test_an_unsigned_token_is_401(status, claims, key, alg):
    token = signed(key, claims, OURS | {"alg": alg})
    unsigned = token.rpartition(".")[0]
    assert [status(token), status(f"{unsigned}."), status(unsigned)] == [401] * 3
    ours = signed(key, claims).rpartition(".")[0]
    assert status(f"{ours}.") == 401


@each_of(
    "alg",
    ["HS384", "HS512", "RS256", "ES256", "EdDSA", "hs256", ["HS256"]],
    ids="AUTH-07-{}".format,
)
def test_another_algorithm_is_401(status, claims, key, alg):
    assert status(signed(key, claims, OURS | {"alg": alg})) == 401


def test_auth_07_a_token_signed_by_that_algorithm_is_401(status, claims, key):
    tokens = [
        signed(key, claims, OURS | {"alg": "HS512"}, "sha512"),
        jwt.encode(claims, rsa.generate_private_key(65537, 2048), algorithm="RS256"),
        jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), algorithm="ES256"),
        jwt.encode(claims, ed25519.Ed25519PrivateKey.generate(), algorithm="EdDSA"),
    ]
    assert [status(token) for token in tokens] == [401] * 4


@each_of(
    "other",
    ["", "secret", "lotline-demo", "last month's key, which was long enough"],
    ids="AUTH-08-{}".format,
)
def test_a_token_of_another_key_is_401(status, claims, other):
    assert status(signed(other, claims)) == 401


@each_of("short", ["", "secret", "x" * 31, None], ids="AUTH-08-{}".format)
def test_it_does_not_start_with_a_short_key(plant, short):
    with pytest.raises(SettingsIncomplete):
        create_api(Settings(database_url=plant.settings.database_url, secret_key=short))


@each_of(
    ("name", "value"),
    [
        ("exp", -1),
        ("exp", NOT),
        ("exp", "9999999999"),
        ("exp", INFINITE),
        ("exp", float("nan")),
        ("exp", True),
        ("exp", None),
        ("exp", [1]),
        ("exp", 4e9),
        ("nbf", 60),
        ("iat", 86400),
        ("nbf", INFINITE),
        ("iat", INFINITE),
        ("iat", "soon"),
    ],
    ids="AUTH-09-{}".format,
)
def test_a_wrong_time_is_401(status, claims, key, name, value):
    if type(value) is int and name in ("exp", "nbf", "iat"):
        value += int(time.time())
    changed = {n: v for n, v in (claims | {name: value}).items() if v is not NOT}
    assert status(signed(key, changed)) == 401


@each_of(
    ("name", "value"),
    [
        ("aud", NOT),
        ("aud", "another"),
        ("aud", ["lotline-api"]),
        ("aud", {"lotline-api": 1}),
        ("iss", NOT),
        ("iss", "another"),
        ("iss", ["lotline"]),
        ("jti", NOT),
        ("jti", 7),
        ("jti", "none"),
        ("sub", NOT),
        ("sub", 1),
        ("sub", "x"),
        ("sub", "٣"),
        ("sub", "9" * 900),
        ("sub", "-1"),
        ("role", NOT),
    ],
    ids="AUTH-10-{}".format,
)
def test_a_wrong_claim_is_401(status, claims, key, name, value):
    changed = {n: v for n, v in (claims | {name: value}).items() if v is not NOT}
    assert status(signed(key, changed)) == 401


@each_of(
    "more",
    [
        {"typ": "JWE"},
        {"typ": "at+jwt"},
        {"crit": ["x"]},
        {"crit": ["b64"], "b64": False},
        {"jwk": {"kty": "oct", "k": "AA"}},
        {"jku": "http://127.0.0.1:1/k"},
        {"x5u": "http://127.0.0.1:1/k"},
        {"kid": "../../dev/null"},
        {"kid": "' OR 1"},
        {"cty": "JWT"},
        {"zip": "DEF"},
    ],
    ids="AUTH-10-{}".format,
)
def test_a_header_of_the_clients_own_choice_is_401(status, claims, key, more):
    assert status(signed(key, claims, OURS | more)) == 401


@each_of(
    "token",
    [
        "",
        "..",
        "...",
        "a.b",
        "é.é.é",
        coded(b"[" * 1400) + ".e30.e30",
        coded(b"[]") + ".e30.e30",
        coded(b'{"alg":' + b"9" * 1400 + b"}") + ".e30.e30",
        "e30.e30.e30",
        "a" * 3000,
        "\xff",
    ],
    ids=ascii,
)
def test_what_is_no_token_is_401(plant, token):
    headers = {"Authorization": f"Bearer {token}".encode("latin-1")}
    assert plant.client.get("/traceability/none", headers=headers).status_code == 401


def test_auth_11_every_flipped_bit_is_noticed(plant, claims, key):
    token = signed(key, claims)
    assert claim_of(plant.settings, token) is not None
    flipped = [
        f"{token[:place]}{chr(ord(token[place]) ^ 1 << bit)}{token[place + 1 :]}"
        for place in range(len(token))
        for bit in range(8)
    ]
    assert len(flipped) > 1400
    assert [other for other in flipped if claim_of(plant.settings, other) is not None] == []


def test_auth_11_base64_is_spelt_one_way_only(status, claims, key):
    token = signed(key, claims)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    others = [token[:-1] + letter for letter in letters if letter != token[-1]]
    padded = [
        f"{token}=",
        f"{token}==",
        token.replace(".", "=.", 1),
        f"{token}.",
        token.replace("_", "/").replace("-", "+") + "\t.",
        f"{token},{token}",
    ]
    assert {status(other) for other in [*others, *padded]} == {401}


def test_auth_11_a_role_raised_in_the_token_raises_nothing(plant, claims, key):
    viewer = plant.people["VIEWER"]
    with plant.record.transaction() as transaction:
        jti = start_session(transaction, user_id=viewer.user_id, face=Face.API)
    raised = signed(key, claims | {"sub": str(viewer.user_id), "jti": jti, "role": "ADMIN"})
    headers = {"Authorization": f"Bearer {raised}"}
    answer = plant.client.post("/lots", json={"lot_code": "RAISED"}, headers=headers)
    assert answer.status_code == 403


def test_auth_11_a_token_for_anothers_session_is_401(plant, status, claims, key):
    swapped = claims | {"sub": str(plant.people["MANAGER"].user_id)}
    assert status(signed(key, swapped)) == 401


@pytest.fixture
def anybody(plant):
    """Add a new manager, and return their id, e-mail and the headers that speak for them."""
    email = f"{uuid4().hex}@demo.example"
    with plant.record.transaction() as transaction:
        user_id = add_user(
            transaction,
            by=None,
            email=email,
            full_name="Any Body",
            role="MANAGER",
            password=PASSWORD,
        )
    token = plant.client.post("/login", json={"email": email, "password": PASSWORD}).json()["token"]
    return user_id, email, {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("what", ["off", "role", "password", "signed out"], ids="AUTH-12-{}".format)
def test_a_token_ends_with_what_it_stood_on_at_the_next_call(plant, anybody, what):
    user_id, email, headers = anybody
    admin = plant.people["ADMIN"]
    assert plant.client.get("/traceability/none", headers=headers).status_code == 404
    with plant.record.transaction() as transaction:
        if what == "password":
            reset_password(transaction, by=admin, email=email, password="another-long-password")
        elif what == "signed out":
            end_all_sessions(transaction, by=Person(user_id, email, "Any Body", Role.MANAGER))
        else:
            role, is_active = ("MANAGER", False) if what == "off" else ("VIEWER", True)
            change_user(transaction, by=admin, user_id=user_id, role=role, is_active=is_active)
    assert plant.client.get("/traceability/none", headers=headers).status_code == 401


def test_auth_13_a_token_counts_in_one_place_only(plant):
    token = plant.as_role("ADMIN")["Authorization"].removeprefix("Bearer ")

    def ask(headers, path="/traceability/none"):
        return plant.client.get(path, headers=headers).status_code

    assert ask({}, f"/traceability/none?access_token={token}&token={token}") == 401
    for name in ("token", "access_token", "Authorization", "lotline_session"):
        assert ask({"Cookie": f"{name}={token}"}) == 401
        assert ask({"Cookie": f"{name}={token}"}, "/openapi.json") == 401
    good = ("Authorization", f"Bearer {token}")
    for other in (good, ("Authorization", "Bearer x"), ("authorization", "Basic YTpi")):
        assert ask([good, other]) == ask([other, good]) == 401
    assert ask({"Authorization": "bearer"}) == ask({"Authorization": token}) == 401
    assert ask({"Authorization": f"Bearer {token}{'a' * 1_000_000}"}) == 401
    assert ask(dict([good])) == 404
