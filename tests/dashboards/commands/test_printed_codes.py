"""What is printed on labels may repeat: every lot it may mean is found, and none is chosen.

B1 and B2 show 1512, the day they were baked: rolls and bread. Another lot has just that for its own
code.
"""

import pytest

from dashboards.commands.corrections import Corrected, correct_lot
from dashboards.commands.links import link_lots
from dashboards.commands.lots import register_lot
from dashboards.commands.refusals import BadValue, PrintedOnly
from sql.genealogy.lot_choice import lot_meant
from tests.engines import ask

ROLLS, BREAD = "05991234000018", "05991234000025"
WHY = "the label was read again"


@pytest.fixture
def baked(transaction, people) -> None:
    transaction.copy(
        "facts.products",
        ["product_code", "name", "gtin"],
        [("ROLLS", "Rolls", ROLLS), ("BREAD", "Bread", BREAD)],
    )
    for code, product in (("B1", "ROLLS"), ("B2", "BREAD")):
        register_lot(
            transaction,
            by=people["OPERATOR"],
            lot_code=code,
            product_code=product,
            weight_kg=10,
            printed_code="15-12",
        )


def meant(transaction, typed: str) -> tuple[set[str], str | None]:
    found = lot_meant(transaction, typed)
    return set(found.codes), found.lot_code


def corrected(printed_code: str | None, lot) -> Corrected:
    return Corrected(
        product_code=lot["product_code"],
        weight_kg=lot["weight_kg"],
        temperature_c=None,
        expires_on=None,
        happened_at=lot["happened_at"],
        printed_code=printed_code,
    )


def correct(transaction, by, code: str, printed_code: str | None) -> None:
    lot = transaction.one("lot_shown", lot_code=code)
    correct_lot(
        transaction,
        by=by,
        lot_code=code,
        corrected=corrected(printed_code, lot),
        reason=WHY,
        based_on=lot["correction_id"],
    )


def test_a_printed_code_finds_every_lot_that_shows_it_and_chooses_none(baked, transaction) -> None:
    for typed in ("15-12", "1512", "15 12"):
        assert meant(transaction, typed) == ({"B1", "B2"}, None)


def test_a_lots_own_code_is_not_chosen_where_labels_of_others_show_it(
    baked, transaction, people
) -> None:
    register_lot(transaction, by=people["OPERATOR"], lot_code="1512")

    assert meant(transaction, "1512") == ({"B1", "B2", "1512"}, None)


def test_a_scan_with_a_gtin_tells_lots_of_one_printed_code_apart(baked, transaction) -> None:
    assert meant(transaction, f"(01){BREAD}(10)15-12") == ({"B2"}, "B2")
    assert meant(transaction, "(10)15-12") == ({"B1", "B2"}, None)


def test_words_in_front_and_parts_find_it_too(baked, transaction) -> None:
    assert {"B1", "B2"} <= meant(transaction, "lot 15-12")[0]
    assert {"B1", "B2"} <= meant(transaction, "5-1")[0]


def test_a_code_that_is_only_printed_is_refused_naming_the_lots(baked, transaction, people) -> None:
    register_lot(transaction, by=people["OPERATOR"], lot_code="TRAY")
    with pytest.raises(PrintedOnly, match=r"label of B[12], B[12]\. Name the lot by its own code"):
        link_lots(
            transaction,
            by=people["OPERATOR"],
            parent_lot_code="15-12",
            child_lot_code="TRAY",
            quantity_kg=1,
        )


def test_a_corrected_printed_code_finds_its_lot_and_the_old_one_no_more(
    baked, transaction, people
) -> None:
    correct(transaction, people["MANAGER"], "B1", "16-12")

    assert meant(transaction, "1612") == ({"B1"}, "B1")
    assert meant(transaction, "1512") == ({"B2"}, "B2")
    versions = transaction.all("corrections_of_lot", lot_id=_id(transaction, "B1"))
    assert [row["printed_code"] for row in versions] == ["15-12", "16-12"]


def test_a_correction_of_something_else_leaves_the_printed_code(baked, transaction, people) -> None:
    lot = transaction.one("lot_shown", lot_code="B1")
    correct_lot(
        transaction,
        by=people["MANAGER"],
        lot_code="B1",
        corrected=Corrected("ROLLS", 9, None, None, lot["happened_at"]),
        reason=WHY,
        based_on=None,
    )

    assert (
        ask(transaction, "select printed_code from lots where lot_code = 'B1'").fetchall()[0][0]
        == "15-12"
    )


def test_as_of_an_earlier_moment_a_lot_shows_what_was_known_then(record, people) -> None:
    with record.transaction() as transaction:
        register_lot(transaction, by=people["OPERATOR"], lot_code="B1", printed_code="15-12")
    with record.transaction() as transaction:
        before = ask(transaction, "select clock_timestamp()").fetchall()[0][0]
    with record.transaction() as transaction:
        correct(transaction, people["MANAGER"], "B1", None)

    with record.snapshot(as_of=before) as then:
        assert meant(then, "1512") == ({"B1"}, "B1")
    with record.snapshot() as now:
        assert meant(now, "1512") == (set(), None)


@pytest.mark.parametrize("printed", ["]C11015-12", "x" * 251, "15\x0712"])
def test_a_printed_code_that_can_not_be_one_is_refused(transaction, people, printed) -> None:
    with pytest.raises(BadValue) as refused:
        register_lot(transaction, by=people["OPERATOR"], lot_code="B1", printed_code=printed)
    assert refused.value.field == "printed_code"


def _id(transaction, code: str) -> int:
    return ask(transaction, f"select lot_id from lots where lot_code = '{code}'").fetchall()[0][0]
