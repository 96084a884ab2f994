"""What is printed on labels may repeat: a code that may mean several lots is refused, naming them.

Nothing here chooses. A lot's own code names one lot; so does the short code of its label.
"""

from collections.abc import Sequence

from dashboards.commands.refusals import PrintedOnly
from sql.record.transactions import Row, Transaction


def refuse_printed(transaction: Transaction, code: str, field: str) -> None:
    """Refuse a code that no lot carries and labels show, naming the lots whose labels these are.

    Raises:
        PrintedOnly: It is printed on a label; nobody said which lot is meant.
    """
    meant = transaction.all("lots_printed", typed=code)
    if meant and meant[0]["is_printed_somewhere"]:
        raise PrintedOnly(
            f"No lot has the code {code}; it is printed on the label of {lots_named(meant)}. Name "
            "the lot by its own code.",
            field=field,
        )


def lots_named(lots: Sequence[Row]) -> str:
    """Name lots, and count those that are not among them."""
    named = ", ".join(lot["lot_code"] for lot in lots)
    more = lots[0]["found_count"] - len(lots)
    return f"{named} and {more} more" if more > 0 else named
