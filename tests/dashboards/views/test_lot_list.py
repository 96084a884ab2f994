"""Many lots typed at once: whatever stands between codes, each is read once."""

from dashboards.views.lot_list import codes_in
from tests.cases import each_of

ODD = {"A, B; C", "MIX 1", "LOT", "BOTH", "BOTH21SER"}


def read(text: str) -> list[str]:
    return codes_in(text, lambda codes: ODD & set(codes))


@each_of(
    ("typed", "codes"),
    [
        ("", []),
        (" \n\n ", []),
        ("A\nB\r\n  C  \n", ["A", "B", "C"]),
        ("A,B;C\tD", ["A", "B", "C", "D"]),
        ("A,,B;", ["A", "B"]),
        ("B\nA\nB", ["B", "A"]),
        ("A, B; C\nD,E", ["A, B; C", "D", "E"]),
        ("MIX 1", ["MIX 1"]),
        ("10D9T", ["10D9T"]),
        ("(01)05012345678900(10)L-7", ["L-7"]),
        ("]C1010501234567890010L-7", ["L-7"]),
        ("]C110LOT21SER", ["LOT"]),
        ("]C110BOTH21SER", ["]C110BOTH21SER"]),
    ],
)
def test_codes_are_read_as_people_write_them(typed, codes) -> None:
    assert read(typed) == codes
