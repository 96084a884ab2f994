"""The codes that lots had before, in the edition: worked out by hand."""

from tests import plants


def renamed(number: int, code: str, was: int, now: int) -> dict:
    return {
        "void_id": number,
        "former_code": code,
        "was_lot_id": was,
        "renamed_id": now,
        "renamed_at": plants.MOMENT,
        "reason": "a letter was mistyped",
    }


def test_each_old_code_leads_to_what_its_lot_is_called_now(warehouse) -> None:
    plants.fill(
        warehouse,
        "renamed_lots",
        [renamed(1, "A", 1, 2), renamed(2, "B", 2, 3), renamed(3, "X", 4, 5)],
    )
    plants.fill(warehouse, "lots", [{"lot_id": 3, "lot_code": "C", "metadata": "{}"}])
    plants.build(warehouse, "genealogy.former_codes")

    rows = warehouse.rows("genealogy.former_codes").to_dicts()
    assert {(row["former_code"], row["lot_id"], row["lot_code"]) for row in rows} == {
        ("A", 3, "C"),
        ("B", 3, "C"),
    }
