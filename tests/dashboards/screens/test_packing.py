"""The screen of packing: a scanned unit is filled, and shipped whole or not at all."""

from tests.engines import ask
from tests.plants import button

PALLET = "059012345000000036"
IN_UNITS = "select l.lot_code, p.quantity_kg from packed as p join lots as l using (lot_id)"
SHIPPED = "select l.lot_code, s.quantity_kg from shipments as s join lots as l using (lot_id)"


def said(app) -> str:
    return " ".join(one.value for one in [*app.success, *app.error, *app.info]).replace("\\", "")


def opened(screen, role: str):
    app = screen("packing", role)
    return app.text_input(key="packing_sscc").input(f"(00){PALLET}").run()


def put_in(app, code: str, kg: str):
    app.text_input(key="pack_lot_code").input(code)
    app.text_input(key="pack_lot_kg").input(kg)
    return button(app, "pack_lot_save").click().run()


def test_a_unit_is_filled_and_what_may_not_leave_keeps_all_of_it_here(screen, plant, record):
    app = put_in(opened(screen, "OPERATOR"), "RAW-SPICE-001", "2,5")
    assert f"RAW-SPICE-001 is in unit {PALLET}" in said(app)
    assert app.text_input(key="pack_lot_code").value == ""
    app = put_in(app, "RAW-SPICE-001", "100")
    assert "left to pack" in said(app)
    assert app.text_input(key="pack_lot_kg").value == "100"

    app.text_input(key="pack_ship_code").input("S-77")
    app = button(app, "pack_ship_save").click().run()
    assert app.error
    with record.snapshot() as snapshot:
        assert ask(snapshot, IN_UNITS).fetchall() == [("RAW-SPICE-001", 2.5)]
        assert "S-77" not in str(ask(snapshot, "select shipment_code from shipments").fetchall())


def test_who_only_reads_sees_units_and_no_form(screen, plant):
    app = opened(screen, "AUDITOR")
    assert not [field for field in app.text_input if field.key == "pack_lot_code"]
    assert "packs and ships" in said(app)


def test_what_was_said_of_a_unit_does_not_stand_over_another(screen, plant):
    app = put_in(opened(screen, "OPERATOR"), "RAW-SPICE-001", "2,5")
    assert f"is in unit {PALLET}" in said(app)

    app.text_input(key="packing_sscc").input("(00)059012345000000043").run()

    assert not app.success
