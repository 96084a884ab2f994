"""A lot's old code in the terminal: told with what the lot is called now, and chosen by nobody."""

from dashboards.commands.lots import register_lot
from dashboards.commands.renames import rename_lot
from tests.plants import just_confirmed
from tests.terminal import lotline


def test_the_terminal_offers_the_lot_and_says_that_it_was_renamed(settings, record, people) -> None:
    by = people["MANAGER"]
    with record.transaction() as transaction:
        register_lot(transaction, by=by, lot_code="A1O", weight_kg=10)
    with record.transaction() as transaction:
        rename_lot(
            transaction,
            by=by,
            lot_code="A1O",
            new_lot_code="A10",
            reason="a letter was mistyped",
            confirmation=just_confirmed(by),
        )

    offered = lotline("trace", "A1O")
    assert offered.returncode == 2, offered.stderr
    assert "A10  by the code it had before A1O" in offered.stderr
    for answer in (lotline("trace", "A1O", "--exact"), lotline("stands", "A1O")):
        assert answer.returncode == 1
        assert "A1O is the old code of lot A10" in answer.stderr
        assert "a letter was mistyped" in answer.stderr
