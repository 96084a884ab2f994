"""A trace's files are called by its lots, in signs that every disk takes."""

from types import SimpleNamespace

from dashboards.views.trace_tables import file_stem
from tests.cases import each_of


@each_of(
    ("codes", "stem"),
    [
        (["FG-20261126-DUNA-0099"], "FG-20261126-DUNA-0099"),
        (["A/1 b", "../x", "Ő-7"], "A-1-b-x-Ő-7"),
        (["A", "B", "C", "D", "E"], "A-B-C-and-2-more"),
        (["???"], "7"),
        (["X" * 100], "X" * 40),
    ],
)
def test_files_are_called_by_the_codes_asked_about(codes, stem) -> None:
    """A code of signs that no name takes is told by its id."""
    asked = [{"lot_code": code, "lot_id": 7} for code in codes]

    assert file_stem(SimpleNamespace(asked=asked)) == stem  # pyright: ignore[reportArgumentType]
