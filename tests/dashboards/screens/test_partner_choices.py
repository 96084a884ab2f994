"""Wherever a partner is chosen, it is found by its code too, and two of one name are two."""

import pytest

from tests.engines import ask

PALLET = "059012345000000036"
SECOND = (
    "insert into facts.partners (partner_code, name, role)"
    " select 'TWIN', name, 'CUSTOMER' from facts.partners where partner_code = 'CUS'"
)


def shipped(screen):
    return screen("lots", "OPERATOR", lot="FG-DONER-X1").selectbox(key="ship_customer")


def given_away(screen):
    app = screen("lots", "OPERATOR", lot="FG-DONER-X1")
    return app.selectbox(key="move_kind").select("DONATED").run().selectbox(key="move_partner")


def shipped_on_a_pallet(screen):
    app = screen("packing", "OPERATOR").text_input(key="packing_sscc").input(PALLET).run()
    app.text_input(key="pack_lot_code").input("RAW-SPICE-001")
    app.text_input(key="pack_lot_kg").input("1")
    next(one for one in app.button if one.key.startswith("pack_lot_save")).click().run()
    return app.selectbox(key="pack_ship_customer")


@pytest.mark.parametrize("choice", [shipped, given_away, shipped_on_a_pallet])
def test_two_customers_of_one_name_are_told_apart_by_their_codes(
    screen, plant, record, choice
) -> None:
    with record.transaction() as transaction:
        ask(transaction, SECOND)
    offered = [one for one in choice(screen).options if "Kebab Palota" in one]
    assert offered == ["Kebab Palota · CUS", "Kebab Palota · TWIN"]
