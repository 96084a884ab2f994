"""A code that a person would take for another lot's makes no second lot, at any face.

Look-alikes are made by other means than the record's own: the library `confusable_homoglyphs`
(Unicode's confusables) for Greek and Cyrillic letters, arithmetic for full-width forms, and lists
of spaces, dashes and marks that show nothing. LOTLINE_TEST_ROUNDS: how many; 2,000 in the large.
"""

import os
import random
import unicodedata

import pytest
from confusable_homoglyphs import confusables
from sqlalchemy import text
from starlette.testclient import TestClient

from dashboards.api.application import create_api
from dashboards.api.tokens import issue_token
from dashboards.commands.authority import Face
from dashboards.commands.look_alikes import CODE, doubt_about, said
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue, Refusal, Taken
from dashboards.commands.sessions import start_session
from tests.cases import each_of
from tests.engines import engine_of

ROUNDS = int(os.environ.get("LOTLINE_TEST_ROUNDS", "250"))
KINDS = ["RAW", "DEB", "BULK", "MIX", "SKW", "FRZ", "FG"]
CODES = [
    *(
        f"{kind}-{name}-{number:03}"
        for kind, name, number in zip(
            KINDS * 5, ["BEEF", "SPICE", "CHK15", "TUR30", "BATCH"] * 7, range(35), strict=True
        )
    ),
    "lot 42 b",
    "Mix/2026-11/a",
    "20261124-01",
    "A_1.b",
    "Őrség-7/a",
    "x-y-z",
    "Q.C.+9",
    "PALLET #3",
    "kebab-tea-42",
    "HU 77 AB",
    "zsír-8",
    "SKW-8-8-8",
    "Fp-m-3",
    "CAT-W",
    "Ty-2-k",
]
SPACES = " \u00a0\u2002\u2009\u202f\u3000\u205f"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u061c\u200e\u202a"
MARKS = "\u034f\ufe00\ufe0f\u180b\u17b4\u115f\u3164\u2800"
# The class of 1, l and I is one to Unicode, and that of 0 and O: plants use them apart.
APART = "l10"


def homoglyphs(letter: str) -> list[str]:
    """List the Greek and Cyrillic letters that look like an ASCII one."""
    if letter in APART:
        return []
    return [
        found["c"]
        for found in confusables.confusables_data.get(letter, [])
        if len(found["c"]) == 1
        and found["n"].startswith(("GREEK", "CYRILLIC"))
        and "LETTER" in found["n"]
        and "LUNATE" not in found["n"]  # refused by itself, without naming the known lot
    ]


def at(code: str, place: int, new: str) -> str:
    return code[:place] + new + code[place + 1 :]


def changed(chance: random.Random, code: str, way: str) -> str | None:
    """Change a code in one way; None where the way doesn't fit it."""
    place = chance.randrange(1, len(code))
    letters = [n for n, sign in enumerate(code) if sign.isascii() and sign.isalpha()]
    if way == "case":
        return at(code, (n := chance.choice(letters)), code[n].swapcase()) if letters else None
    if way in ("space", "nothing", "mark"):
        signs = {"space": SPACES, "nothing": NOTHING, "mark": MARKS}[way]
        return code[:place] + chance.choice(signs) + code[place:]
    if way == "joined":
        return code.replace(" ", "", 1) if " " in code else None
    if way == "dash":
        places = [n for n, sign in enumerate(code) if sign == "-"]
        return at(code, chance.choice(places), chance.choice(DASHES)) if places else None
    if way == "width":
        places = [n for n, sign in enumerate(code) if "!" <= sign <= "~"]
        return at(code, (n := chance.choice(places)), chr(ord(code[n]) + 0xFEE0))
    places = [n for n in letters if homoglyphs(code[n])]
    return (
        at(code, (n := chance.choice(places)), chance.choice(homoglyphs(code[n])))
        if (places)
        else None
    )


WAYS = ["case", "space", "joined", "nothing", "mark", "dash", "width", "homoglyph"]


def look_alikes(count: int) -> list[tuple[str, str]]:
    """Return (look-alike, known code) pairs, all different; a third are changed in two ways."""
    chance = random.Random(3)
    pairs = {}
    while len(pairs) < count:
        known = chance.choice(CODES)
        alike = known
        for _ in range(chance.choice([1, 1, 2])):
            alike = changed(chance, alike, chance.choice(WAYS)) or alike
        if unicodedata.normalize("NFC", alike).strip() not in CODES:
            pairs[alike] = known
    return list(pairs.items())


@pytest.fixture
def known(record, people):
    """Register the codes, which resemble one another in nothing."""
    assert len(CODES) == len(set(CODES)) == 50
    with record.transaction() as transaction:
        for code in CODES:
            register_lot(transaction, by=people["OPERATOR"], lot_code=code)


def test_no_look_alike_makes_a_second_lot_by_the_command(record, people, known):
    refusals = {}
    for alike, code in look_alikes(ROUNDS):
        with pytest.raises(Refusal) as refusal, record.transaction() as transaction:
            register_lot(transaction, by=people["OPERATOR"], lot_code=alike)
        refusals[alike] = refusal.value
        assert code in str(refusal.value), (ascii(alike), str(refusal.value))
    assert all_codes(record) == sorted(CODES)
    print(f"{len(refusals)} look-alikes of {len(CODES)} codes refused, 0 second lots")


def test_each_refusal_points_at_the_character(record, people, known):
    for alike, code in look_alikes(ROUNDS)[:: max(1, ROUNDS // 250)]:
        shown = unicodedata.normalize("NFC", alike).strip()
        place = next(n for n, sign in enumerate(shown) if n >= len(code) or sign != code[n])
        with pytest.raises(Taken) as refusal, record.transaction() as transaction:
            register_lot(transaction, by=people["OPERATOR"], lot_code=alike)
        assert refusal.value.code == CODE and refusal.value.field == "lot_code"
        name = f"U+{ord(shown[place]):04X} {unicodedata.name(shown[place]).lower()}"
        assert f"looks like lot {code}, which exists: its character {place + 1} is {name}" in str(
            refusal.value
        )


def test_no_look_alike_makes_a_second_lot_over_the_api(settings, record, people, known):
    endless = settings.model_copy(update={"lots_per_minute": 10**9})
    with record.transaction() as transaction:
        jti = start_session(transaction, user_id=people["OPERATOR"].user_id, face=Face.API)
    token = issue_token(endless, people["OPERATOR"], jti)
    headers = {"Authorization": f"Bearer {token}"}
    with TestClient(create_api(endless, lambda: record), headers=headers) as client:
        for alike, code in look_alikes(ROUNDS):
            answer = client.post("/lots", json={"lot_code": alike})
            assert (answer.status_code, answer.json()["code"]) == (409, CODE), ascii(alike)
            assert code in answer.json()["detail"] and "character" in answer.json()["detail"]
    assert all_codes(record) == sorted(CODES)


def test_no_confusable_of_unicode_gets_past_both_the_record_and_the_doubt(record):
    """Of 1,510 known ones only letters of living scripts do, and one Latin letter each for &!?'."""
    pairs = [
        (f"RAW-{sign}", unicodedata.normalize("NFC", f"RAW-{found['c']}"))
        for sign in map(chr, range(0x21, 0x7F))
        for found in confusables.confusables_data.get(sign, [])
        if not found["c"].isascii()
    ]
    with engine_of(record).connect() as connection:
        resembles = connection.scalars(
            text(
                "select lot_code_skeleton(plain) = lot_code_skeleton(alike) from unnest("
                "cast(:plain as text[]), cast(:alike as text[])) as t (plain, alike)"
            ),
            {"plain": [plain for plain, _ in pairs], "alike": [alike for _, alike in pairs]},
        ).all()
    past = {
        alike[4:]
        for (_plain, alike), is_known in zip(pairs, resembles, strict=True)
        if not is_known and doubt_about(alike) is None and alike.isprintable()
    }
    assert len(pairs) > 1500
    assert past <= set("ノ丿丶ॽꝸǃꞌʔɁ`"), past


@pytest.mark.parametrize("alike", ["at raw1", "AT RAW1", "AT RAW 1", "A T-RAW1"])
def test_a_code_with_a_space_for_a_separator_is_refused(transaction, people, alike):
    register_lot(transaction, by=people["OPERATOR"], lot_code="AT-RAW1")
    with pytest.raises(Taken, match="looks like lot AT-RAW1,") as refused:
        register_lot(transaction, by=people["OPERATOR"], lot_code=alike)
    assert (refused.value.field, refused.value.code) == ("lot_code", CODE)


def test_a_code_whose_signs_are_grouped_otherwise_is_another(transaction, people):
    for code in ("P1-11", "P11-1", "26 1-11", "26-11-1"):
        assert register_lot(transaction, by=people["OPERATOR"], lot_code=code)


def all_codes(record) -> list[str]:
    with engine_of(record).connect() as connection:
        return sorted(connection.scalars(text("select lot_code from facts.lots")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LOT-01", "LOT-O1"),
        ("LOT-1", "LOT-l"),
        ("LOT-1", "LOT-I"),
        ("LOT-0", "LOT-o"),
        ("S5", "5S"),
        ("A-B", "AB"),
        ("A-B", "A_B"),
        ("A.1", "A1"),
        ("B8", "88"),
        ("Z2", "22"),
        ("ő1", "o1"),
        ("ö1", "ő1"),
        ("ПАРТІЯ-1", "ПАРТІЯ-2"),
        ("LOT/1", "LOT-1"),
        ("rn-1", "m-1"),
    ],
)
def test_honest_codes_stay_apart(transaction, people, one, other):
    for code in (one, other):
        lot = register_lot(transaction, by=people["OPERATOR"], lot_code=code)
        assert lot["lot_code"] == code


def test_the_very_same_code_is_not_a_look_alike_but_taken(transaction, people):
    register_lot(transaction, by=people["OPERATOR"], lot_code="é-1")
    with pytest.raises(Taken) as refusal:
        register_lot(transaction, by=people["OPERATOR"], lot_code=" e\u0301-1 ")
    assert refusal.value.code == "TAKEN"


@pytest.mark.parametrize(
    ("code", "position", "hint"),
    [
        ("RAW\u2011001", 4, "did you mean '-'?"),
        ("R\u0410W-1", 2, "passes for a Latin letter"),
        ("\uff32AW", 1, "did you mean 'R'?"),
        ("RAW-\u0663", 5, "did you mean '3'?"),
        ("LOT\u2019s", 4, 'did you mean "\'"?'),
        ("A\u2044B", 2, "did you mean '/'?"),
        ("RA\u0336W", 3, "drawn over"),
        ("RAW\u2800", 4, "can't be seen"),
        ("\u2160-1", 1, "'I'"),
        ("ПАРТІЯ-x", 1, "passes for"),
        ("ΩÇ-1", 1, "passes for"),
    ],
)
def test_a_character_that_passes_for_another_is_refused_with_nothing_like_it_known(
    transaction, people, code, position, hint
):
    with pytest.raises(BadValue) as refusal:
        register_lot(transaction, by=people["OPERATOR"], lot_code=code)
    assert (refusal.value.field, refusal.value.code) == ("lot_code", "CHARACTERS")
    name = unicodedata.name(code[position - 1]).lower()
    assert f"character {position} (U+{ord(code[position - 1]):04X} {name})" in str(refusal.value)
    assert hint in str(refusal.value)


@each_of(
    "code",
    [
        "ŐRSÉG-1",
        "ПАРТІЯ-12",
        "ΠΑΡΤΙΔΑ-7",
        "ロット-12",
        "日本A-1",
        "배치-3",
        "דוגמה-1",
        "°C",
        "50%",
        "a#b+c&d",
        "straße",
        "Ø1",
    ],
)
def test_codes_of_other_tongues_are_no_cause_for_doubt(code):
    assert doubt_about(code) is None


def test_what_is_missing_is_named_too():
    assert "its character 3 is missing, where that one has U+0020 space" in said("AB", "AB ")
