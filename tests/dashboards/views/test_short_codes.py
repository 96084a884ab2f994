"""Codes in a drawing are short, and no two different ones ever look alike."""

from hypothesis import example, given
from hypothesis import strategies as st

from dashboards.views.short_codes import LONGEST, short_codes, wrapped

LONG = "SUPPLIER-ZALA-LOT-2026-11-27-PALLET-{}-OF-THE-SECOND-DELIVERY-OF-THE-DAY"
CODES = st.text("AB-1", min_size=1, max_size=100)


@given(st.sets(st.one_of(CODES, CODES.map(LONG.format)), max_size=40))
@example({LONG.format("0001"), LONG.format("0002")})
@example({"A" * 99, "A" * 100})
@example({"A" * 50 + "B" + "A" * 49, "A" * 50 + "C" + "A" * 49})
def test_no_two_codes_look_alike(codes) -> None:
    short = short_codes(codes)

    assert set(short) == codes
    assert len(set(short.values())) == len(codes)


def test_a_long_code_loses_its_middle_and_keeps_both_ends() -> None:
    code = LONG.format("0001")

    assert short_codes([code])[code] == "SUPPLIER-ZAL…D-DELIVERY-OF-THE-DAY"
    assert len(short_codes([code])[code]) == LONGEST


def test_what_tells_two_long_codes_apart_is_shown() -> None:
    one, other = LONG.format("0001"), LONG.format("0002")
    short = short_codes([one, other])

    assert "0001" in short[one] and "0002" in short[other]
    assert max(map(len, short.values())) < len(one)


def test_a_code_that_fits_stays_whole() -> None:
    assert short_codes(["FG-20261102-DUNA-0020"]) == {
        "FG-20261102-DUNA-0020": "FG-20261102-DUNA-0020"
    }


@given(CODES, st.integers(2, 30))
def test_breaking_into_lines_drops_no_sign(code, width) -> None:
    lines = wrapped(code, width).split("\n")

    assert "".join(lines) == code
    assert max(map(len, lines)) <= width


def test_a_code_breaks_after_a_dash_where_one_is_near() -> None:
    assert wrapped("FG-20261102-DUNA-0020", 17) == "FG-20261102-DUNA-\n0020"
