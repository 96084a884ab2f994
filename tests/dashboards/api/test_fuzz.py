"""Malformed requests by the thousand: none is a fault, none takes long, each is answered in JSON.

Made by schemathesis from the API's own description (what it allows, and what it doesn't), by
mutating good bodies byte by byte, and from lists of bad values in every field.
LOTLINE_TEST_REQUESTS says how many: 20,000 in the large.
"""

import json
import os
import random
import time
from collections import Counter

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

REQUESTS = int(os.environ.get("LOTLINE_TEST_REQUESTS", "300"))
LONGEST_SECONDS = 2
STATED = {200, 201, 400, 401, 403, 404, 405, 409, 413, 415, 422}
JSON = {"Content-Type": "application/json"}
GOOD = {
    "/lots": {
        "lot_code": "LOT-1",
        "lot_type": "RAW",
        "production_run_id": None,
        "phase_id": 1,
        "weight_kg": 12.5,
        "temperature_c": -2.25,
        "metadata": {"a": [1, {"b": "ő"}]},
        "product_code": None,
        "supplier_lot_code": "S-1",
        "expires_on": "2027-01-31",
        "happened_at": "2026-01-01T08:00:00+01:00",
        "parents": [],
    },
    "/qc-decisions": {
        "lot_id": 1,
        "decision": "HOLD",
        "qc_gate_id": 1,
        "notes": "core is too warm",
        "temperature_c": 3.5,
        "measured": [{"characteristic": "surface_temperature", "value": "<4", "unit": "C"}],
        "digital_signature": "x",
        "password": None,
    },
    "/login": {"email": "nobody@demo.example", "password": "not the password"},
}
BAD = [
    None,
    True,
    False,
    0,
    -1,
    1,
    1.5,
    -0.0,
    1e308,
    5e-324,
    2**31,
    2**63 - 1,
    2**63,
    2**64,
    -(2**64),
    10**30,
    10**400,
    float("nan"),
    float("inf"),
    -float("inf"),
    "",
    " ",
    "0",
    "1",
    "-1",
    "NaN",
    "null",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff",
    "\uffff",
    "\U0010ffff",
    "\u202e",
    "\u200b",
    "x" * 101,
    "x" * 100_000,
    "'; drop table lots; --",
    "{{7*7}}",
    "${7*7}",
    "<script>",
    "../../etc/passwd",
    "%00",
    "%s%n",
    "\\",
    "2026-02-30",
    "2026-13-01T00:00:00Z",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+14:00",
    "2026-01-01T08:00:00",
    "2026-01-01T24:00:00Z",
    "PASS ",
    "pass",
    "infinity",
    "today",
    "now",
    [],
    {},
    [[]],
    [None],
    {"": None},
    {"\0": 1},
    {"a": float("nan")},
    {"__proto__": {}},
    [{}] * 1001,
    [{"lot_code": "LOT-1"}],
    [{"lot_code": None}],
    [{"lot_code": "a", "quantity_kg": -1}],
]
SNIPPETS = [
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\\u0000",
    b"\\ud800",
    b'"',
    b"{",
    b"[",
    b"]",
    b"}",
    b",",
    b"1e999",
    b"NaN",
    b"-",
    b"9" * 5000,
    b" ",
    b"\n",
    b"//",
    b"null",
    b"\\x41",
    b"[" * 2000,
]


@pytest.fixture(scope="module")
def asked(plant):
    """Make a function that asks one thing and holds its answer to what is promised."""
    plant.lot(lot_code="LOT-1", lot_type="RAW", weight_kg=100)
    counts: Counter[int] = Counter()
    slowest = [0.0]

    def timed(method, path, headers, content):
        began = time.perf_counter()
        answer = plant.client.request(method, path, headers=headers, **content)
        return answer, time.perf_counter() - began

    def ask(method, path, headers, **content):
        answer, seconds = timed(method, path, headers, content)
        if seconds > LONGEST_SECONDS:  # a machine stalls once; a slow answer stays
            seconds = timed(method, path, headers, content)[1]
        counts[answer.status_code] += 1
        slowest[0] = max(slowest[0], seconds)
        assert answer.status_code in STATED, (answer.status_code, answer.text[:500])
        assert seconds < LONGEST_SECONDS, f"{seconds:.1f} s"
        said = json.loads(answer.content.decode("utf-8"), parse_constant=pytest.fail)
        assert answer.status_code < 400 or said["detail"]
        return answer

    yield ask
    print(
        f"\n{sum(counts.values()):,} requests, slowest {slowest[0] * 1000:.0f} ms: "
        f"{dict(sorted(counts.items()))}"
    )


def share(part: float) -> int:
    return max(1, round(REQUESTS * part))


# Signing in computes a password's hash each time, so it is asked less often.
PARTS = {
    "POST /lots": 0.25,
    "POST /qc-decisions": 0.2,
    "POST /movements": 0.1,
    "POST /productions": 0.1,
    "POST /packings": 0.1,
    "POST /moves": 0.1,
    "GET /stands/{lot_code}": 0.1,
    "GET /traceability/{lot_code}": 0.1,
    "POST /login": 0.03,
    "GET /health": 0.0001,
}


@pytest.mark.timeout(0)
def test_what_the_description_allows_and_what_it_does_not(plant, asked):
    described = schemathesis.openapi.from_dict(plant.api.openapi())
    operations = [
        result.ok() for result in described.get_all_operations() if isinstance(result, Ok)
    ]
    assert {f"{o.method.upper()} {o.path}" for o in operations} == set(PARTS)
    for operation in operations:
        name = f"{operation.method.upper()} {operation.path}"
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if name == "GET /health" and mode is GenerationMode.NEGATIVE:
                continue  # it takes nothing that could be wrong
            _ask_cases(
                plant, asked, operation.as_strategy(generation_mode=mode), share(PARTS[name] / 2)
            )


def _ask_cases(plant, asked, cases, count):
    """Ask so many of the cases that schemathesis makes."""
    left = [count]

    @settings(
        max_examples=count,
        database=None,
        derandomize=True,
        suppress_health_check=[
            HealthCheck.data_too_large,
            HealthCheck.filter_too_much,
            HealthCheck.large_base_example,
            HealthCheck.too_slow,
        ],
        report_multiple_bugs=False,
    )
    @given(case=cases)
    def ask_one(case):
        left[0] -= 1
        if left[0] < 0:
            return  # hypothesis tries more than asked when many don't fit
        sent = case.as_transport_kwargs(base_url="http://testserver")
        headers = dict(sent["headers"])
        if left[0] % 10:  # else the token is made up too
            headers |= plant.as_role("OPERATOR")
        content = {"content": sent["data"]} if "data" in sent else {}
        if "json" in sent:
            content = {"content": json.dumps(sent["json"])}
        safe = {
            name.encode("latin-1", "replace"): value.encode("latin-1", "replace")
            for name, value in headers.items()
        }
        asked(sent["method"], sent["url"], safe, **content)

    ask_one()


@pytest.mark.timeout(0)
def test_good_bodies_with_a_few_bytes_changed(plant, asked):
    chance = random.Random(8)
    paths = ["/lots"] * 5 + ["/qc-decisions"] * 4 + ["/login"]
    for number in range(share(0.25)):
        path = chance.choice(paths)
        good = GOOD[path] | ({"lot_code": f"FUZZ-{number}"} if path == "/lots" else {})
        body = bytearray(json.dumps(good, ensure_ascii=chance.random() < 0.5).encode())
        for _ in range(chance.choice([1, 1, 2, 5])):
            place = chance.randrange(len(body) + 1)
            kind = chance.randrange(5)
            if kind == 0:
                body[place:place] = chance.choice(SNIPPETS)
            elif kind == 1:
                del body[place : place + chance.choice([1, 1, 3, 20])]
            elif kind == 2:
                body[place : place + 1] = bytes([chance.randrange(256)])
            elif kind == 3:
                end = place + chance.randrange(30)
                body[end:end] = body[place:end]
            else:
                del body[place:]
                break
        asked("POST", path, plant.as_role("OPERATOR") | JSON, content=bytes(body))


@pytest.mark.timeout(0)
def test_every_bad_value_in_every_field(plant, asked):
    chance = random.Random(9)
    every = [(path, field, bad) for path, good in GOOD.items() for field in good for bad in BAD]
    every = [one for one in every if one[0] != "/login" or chance.random() < 0.3]
    chance.shuffle(every)
    for number in range(share(0.17)):
        path, field, bad = every[number % len(every)]
        good = GOOD[path] | ({"lot_code": f"BAD-{number}"} if path == "/lots" else {})
        if chance.random() < 0.1:
            field = chance.choice(["", "\0", "\ud800", "__class__", "x" * 1000, "lot_code "])
        body = json.dumps(good | {field: bad})
        key = {} if chance.random() < 0.7 else {"Idempotency-Key": chance.choice("abc")}
        headers = plant.as_role(chance.choice(["OPERATOR", "ADMIN", "AUDITOR"])) | JSON | key
        asked("POST", path, headers, content=body)
