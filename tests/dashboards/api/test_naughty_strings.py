"""Row API-11: every naughty string in every text field: the stated answer, and read back exactly.

Each field takes every string of `tests.nasty_strings`. Where the shared folder is there, it takes
of its 515 (Big List of Naughty Strings) one in fifteen as well, all strings in turn;
LOTLINE_TEST_ROUNDS=515 or more puts each into each.

What is stated: a text is kept trimmed and in NFC, up to its length, where every character can be
printed; a new lot's code may not mix scripts. Here that is said anew, by other means: Unicode's
general categories and the names of its characters.
"""

import json
import os
import unicodedata
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.conftest import SHARED
from tests.nasty_strings import NASTY

ROUNDS = int(os.environ.get("LOTLINE_TEST_ROUNDS", "37"))


def is_half(text: str) -> bool:
    """Tell whether half of a surrogate pair stands in a text."""
    return any(unicodedata.category(sign) == "Cs" for sign in text)


def is_unicode(text: str) -> bool:
    return "\0" not in text and not is_half(text)


def kept(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def is_printable(text: str, but: str = "") -> bool:
    return all(
        sign in but or sign == " " or unicodedata.category(sign)[0] not in "CZ" for sign in text
    )


def is_code(text: str) -> bool:
    return (
        is_unicode(text)
        and 1 <= len(text) <= 100
        and 1 <= len(kept(text)) <= 100
        and (is_printable(kept(text)))
    )


def is_text(text: str, longest: int = 1000) -> bool:
    shown = kept(text)
    return is_unicode(text) and len(shown) <= longest and is_printable(shown, "\n\r\t\u200d")


def is_known(plant, code: str) -> bool:
    return bool(plant.ask("select 1 from facts.lots where lot_code = :code", code=code))


def has_twin(plant, code: str) -> bool:
    return bool(
        plant.ask(
            "select 1 from facts.lots where lower(replace(lot_code, ' ', '')) = "
            "lower(replace(:code, ' ', ''))",
            code=code,
        )
    )


LISTED = (
    json.loads((SHARED / "checks" / "blns.json").read_text(encoding="utf-8"))
    if SHARED.is_dir()
    else []
)
STEP = max(1, -(-len(LISTED) // ROUNDS))


def strings_for(place: int) -> list[str]:
    """Return our own strings, and those of the long list whose turn it is in the nth field."""
    return NASTY + LISTED[place % STEP :: STEP]


def fresh() -> str:
    return f"LOT-{uuid4().hex}"


def lot(**fields):
    return "/lots", {"lot_code": fresh()} | fields


def decision(plant, **fields):
    return "/qc-decisions", {"lot_id": plant.lot()["id"], "decision": "PASS"} | fields


# Field: what to ask with a string in it, the status it must get, and where it is read back.
NEVER = {422}
FIELDS = {
    "email": (
        lambda _, s: ("/login", {"email": s, "password": "x"}),
        lambda _, s: {401, 422},
        None,
    ),
    "login password": (
        lambda _, s: ("/login", {"email": "nobody@demo.example", "password": s}),
        lambda _, s: {401},
        None,
    ),
    "lot_code": (
        lambda _, s: lot(lot_code=s),
        lambda plant, s: (
            NEVER
            if not is_code(s)
            else {201, 409, 422}
            if not s.isascii()
            else {409}
            if has_twin(plant, kept(s))
            else {201}
        ),
        "select lot_code from facts.lots where lot_id = :id",
    ),
    "lot_type": (lambda _, s: lot(lot_type=s), lambda _, s: NEVER, None),
    "product_code": (lambda _, s: lot(product_code=s), lambda _, s: NEVER, None),
    "supplier_code": (lambda _, s: lot(supplier_code=s), lambda _, s: NEVER, None),
    "supplier_lot_code": (
        lambda _, s: lot(supplier_lot_code=s),
        lambda _, s: {201} if 1 <= len(s) <= 100 and is_text(s, 100) else NEVER,
        "select coalesce(supplier_lot_code, '') from facts.lots where lot_id = :id",
    ),
    "expires_on": (lambda _, s: lot(expires_on=s), lambda _, s: NEVER, None),
    "happened_at": (lambda _, s: lot(happened_at=s), lambda _, s: NEVER, None),
    "metadata value": (
        lambda _, s: lot(metadata={"a": [s]}),
        lambda _, s: {201} if is_unicode(s) else NEVER,
        "select metadata -> 'a' ->> 0 from facts.lots where lot_id = :id",
    ),
    "metadata key": (
        lambda _, s: lot(metadata={s: 1}),
        lambda _, s: {201} if is_unicode(s) else NEVER,
        "select jsonb_object_keys(metadata) from facts.lots where lot_id = :id",
    ),
    "parent": (
        lambda _, s: lot(parents=[{"lot_code": s}]),
        lambda plant, s: {201} if is_code(s) and is_known(plant, kept(s)) else NEVER,
        None,
    ),
    "unknown field": (lambda _, s: lot(**{f"{s}?": s}), lambda _, s: NEVER, None),
    "decision": (lambda plant, s: decision(plant, decision=s), lambda _, s: NEVER, None),
    "notes": (
        lambda plant, s: decision(plant, notes=s),
        lambda _, s: {201} if is_text(s) else NEVER,
        "select coalesce(notes, '') from facts.qc_decisions where decision_id = :id",
    ),
    "digital_signature": (
        lambda plant, s: decision(plant, digital_signature=s),
        lambda _, s: {201} if is_text(s) else NEVER,
        "select coalesce(digital_signature, '') from facts.qc_decisions where decision_id = :id",
    ),
    "signing password": (
        lambda plant, s: decision(plant, decision="FAIL", notes="metal was found", password=s),
        lambda _, s: NEVER if len(s) > 1024 or is_half(s) else {403},
        None,
    ),
}
EXACT = {"metadata value", "metadata key"}


@pytest.mark.parametrize("name", FIELDS, ids=list(FIELDS))
def test_a_naughty_string_gets_the_stated_answer_and_is_read_back_exactly(plant, name):
    ask, stated, read_back = FIELDS[name]
    counts = {}
    for given in strings_for(sorted(FIELDS).index(name)):
        path, body = ask(plant, given)
        expected = stated(plant, given)
        answer = plant.client.post(
            path,
            content=json.dumps(body),
            headers=plant.as_role("AUDITOR" if path == "/qc-decisions" else "OPERATOR")
            | {"Content-Type": "application/json"},
        )
        counts[answer.status_code] = counts.get(answer.status_code, 0) + 1
        assert answer.status_code in expected, (given, answer.text)
        told = json.loads(answer.content.decode("utf-8"), parse_constant=pytest.fail)
        assert answer.headers["Content-Type"] == "application/json"
        if answer.status_code == 201 and read_back is not None:
            wanted = given if name in EXACT else kept(given)
            assert plant.ask(read_back, id=told["id"]) == [(wanted,)], given
        if answer.status_code == 201 and name == "lot_code":
            assert not mixes_scripts(told["lot_code"]), given
    assert sum(counts.values()) >= len(NASTY)


def mixes_scripts(code: str) -> bool:
    """Tell whether letters of a code are Latin here, Greek or Cyrillic there."""
    scripts = {unicodedata.name(sign, "?").partition(" ")[0] for sign in code if sign.isalpha()}
    return "LATIN" in scripts and bool(scripts & {"GREEK", "CYRILLIC", "FULLWIDTH"})


def test_a_naughty_path_gets_the_lot_or_a_404(plant):
    for given in strings_for(0):
        if not is_unicode(given) or given in ("", "."):
            continue
        path = f"/traceability/{quote(given, safe='')}"
        answer = plant.client.get(path, headers=plant.as_role("VIEWER"))
        assert answer.status_code in (200, 404), (given, answer.text)
        if answer.status_code == 200:
            assert answer.json()["central"]["lot_code"] == kept(given)
        json.loads(answer.content.decode("utf-8"), parse_constant=pytest.fail)


def test_a_naughty_key_is_kept_or_refused(plant):
    for given in strings_for(0):
        if not is_unicode(given) or "\n" in given or "\r" in given:
            continue  # no client can send it
        headers = plant.as_role("OPERATOR") | {"Idempotency-Key": given.strip().encode()}
        path, body = lot()
        answer = plant.client.post(path, json=body, headers=headers)
        is_key = 1 <= len(given.strip()) <= 200 and all(" " <= s <= "~" for s in given.strip())
        assert answer.status_code in ({201, 422} if is_key else {422}), (given, answer.text)
