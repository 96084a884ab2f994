"""A small plant with an outbreak in it, published as an edition."""

from datetime import timedelta
from decimal import Decimal as D
from pathlib import Path

from sql.warehouse.editions import Edition, current_edition
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.plants import MOMENT

MODELS = [
    "genealogy.ancestries",
    "genealogy.closure",
    "genealogy.movement_sums",
    "genealogy.mass_balance",
    "genealogy.lot_traits",
    *plants.DISPOSITIONS,
]
DAY = timedelta(days=1)
GATE = {
    "gate_id": 4,
    "gate_number": D("6.5"),
    "phase_id": 1,
    "name_en": "Split",
    "name_hu": "",
    "gate_type": "CHECKPOINT",
    "is_ccp": False,
}


def publish_plant(warehouse: Warehouse, home: Path, **tables) -> Edition:
    """Publish a plant of these rows."""
    for table, rows in tables.items():
        plants.fill(warehouse, table, rows)
    plants.build(warehouse, *MODELS)
    plants.publish_unproven(warehouse, home)
    return current_edition(home)


def lot(number: int, code: str, **facts) -> dict:
    return {"lot_id": number, "lot_code": code, "weight_kg": D(100), **facts}


def links(*pairs: tuple[int, int]) -> list[dict]:
    return [
        {"link_id": at, "parent_lot_id": parent, "child_lot_id": child, "quantity_kg": D(10)}
        for at, (parent, child) in enumerate(pairs, start=1)
    ]


def publish_outbreak(warehouse: Warehouse, home: Path) -> Edition:
    """Publish two deliveries of one supplier's lot, in two mixes, in F1 to F6; F7 to F12 are clean.

    R1 and R2 are supplier lot S-1, mixed into M1 and M2; R3 goes into M3. All mixes hold spice P.
    """
    raws = [
        lot(1, "R1", lot_type="RAW", supplier_id=1, supplier_lot_code="S-1"),
        lot(2, "R2", lot_type="RAW", supplier_id=1, supplier_lot_code="S-1"),
        lot(3, "R3", lot_type="RAW", supplier_id=1, supplier_lot_code="S-2"),
        lot(4, "P", lot_type="RAW", supplier_id=2, supplier_lot_code="S-1"),
    ]
    mixes = [lot(10 + n, f"M{n}", lot_type="MIX") for n in (1, 2, 3)]
    finished = [
        lot(100 + n, f"F{n}", lot_type="FG", product_id=1, run_id=1 + n % 2) for n in range(1, 13)
    ]
    other = [
        lot(200, "OTHER", lot_type="FG", product_id=2, run_id=1),
        lot(201, "LATER", lot_type="FG", product_id=1, happened_at=MOMENT + DAY),
    ]
    made = [(11, 100 + n) for n in (1, 2, 3)] + [(12, 100 + n) for n in (4, 5, 6)]
    made += [(13, 100 + n) for n in range(7, 13)] + [(11, 201), (12, 201)]
    return publish_plant(
        warehouse,
        home,
        lots=raws + mixes + finished + other,
        lot_genealogy=links((1, 11), (2, 12), (3, 13), (4, 11), (4, 12), (4, 13), *made),
        partners=[
            {"partner_id": n, "partner_code": f"SUP{n}", "name": f"Farm {n}", "role": "SUPPLIER"}
            for n in (1, 2)
        ],
        products=[{"product_id": n, "product_code": f"CHK{n}", "name": ""} for n in (1, 2)],
        production_runs=[{"run_id": n, "run_code": f"RUN{n}", "status": "OPEN"} for n in (1, 2)],
        **plants.gates(GATE),
        qc_decisions=[
            {"decision_id": 1, "lot_id": 11, "gate_id": 4, "decision": "HOLD"},
            {"decision_id": 2, "lot_id": 12, "gate_id": 4, "decision": "PASS"},
            {"decision_id": 3, "lot_id": 101, "gate_id": 4, "decision": "FAIL"},
        ],
        readings=[
            {
                "reading_id": 1,
                "lot_id": 13,
                "gate_id": 4,
                "characteristic": "t",
                "value": D(2),
                "unit": "C",
                "happened_at": MOMENT + timedelta(hours=23),
            }
        ],
        shipments=[
            {
                "shipment_id": at,
                "shipment_code": "S",
                "lot_id": lot_id,
                "customer_id": 1,
                "quantity_kg": kg,
            }
            for at, lot_id, kg in [
                (1, 108, D(100)),
                (2, 112, D(40)),
                (3, 201, D(100)),
            ]
        ],
    )
