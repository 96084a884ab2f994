"""Partners as people choose them: by name, and found by their code too."""

from collections.abc import Iterable

from sql.record.transactions import Row


def partner_names(partners: Iterable[Row]) -> dict[str, str]:
    """Name partners by their code: two of one name are told apart, and each is found by either.

    Args:
        partners: Their partner_code and name, in the order in which they are offered.
    """
    return {row["partner_code"]: f"{row['name']} · {row['partner_code']}" for row in partners}
