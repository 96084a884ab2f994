"""The demo plant keeps the plant's rules, except where its incidents say so."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import networkx
import polars
import pytest

from dashboards.demo.check_digits import check_digit
from dashboards.demo.frames import COLUMNS
from dashboards.demo.plant import demo_plant, incidents

SUNDAY_NIGHT = datetime(2026, 3, 15, 22, 30, tzinfo=UTC)
MID_SHIFT = datetime(2026, 4, 1, 9, 47, 11, tzinfo=UTC)
BEFORE_SHIFT = datetime(2026, 3, 30, 3, 0, tzinfo=UTC)
LOT_TYPES = {"RAW", "DEB", "BULK", "MIX", "SKW", "FRZ", "FG"}
REFERENCE_KG = {"RAW-BEEF-001": 500, "RAW-SPICE-001": 50, "MIX-BATCH-88": 540, "FG-DONER-X1": 530}

Frames = dict[str, polars.DataFrame]


@pytest.fixture(scope="module", params=[SUNDAY_NIGHT, MID_SHIFT, BEFORE_SHIFT], ids=str)
def until(request: pytest.FixtureRequest) -> datetime:
    return request.param


@pytest.fixture(scope="module")
def plant(until: datetime) -> Frames:
    return demo_plant(until=until)


def _lots(plant: Frames) -> dict[str, dict]:
    return {row["lot_code"]: row for row in plant["lots"].to_dicts()}


def _graph(plant: Frames) -> networkx.DiGraph:
    links = plant["genealogy"].select("parent_lot_code", "child_lot_code")
    return networkx.DiGraph(list(links.iter_rows()))


def _decisions(plant: Frames) -> dict[str, list[dict]]:
    found = defaultdict(list)
    for row in plant["qc_decisions"].sort("happened_at", maintain_order=True).to_dicts():
        found[row["lot_code"]].append(row)
    return found


def _decision_at(decisions: list[dict], moment: str) -> str | None:
    return next((d["decision"] for d in decisions[::-1] if d["happened_at"] <= moment), None)


def test_frames_have_the_import_folders_columns_as_text(plant: Frames):
    assert {name: " ".join(frame.columns) for name, frame in plant.items()} == COLUMNS
    assert all(set(frame.dtypes) == {polars.String} for frame in plant.values())


def test_sixty_days_make_about_250_lots_a_day_of_seven_types(plant: Frames):
    assert 14_000 <= plant["lots"].height <= 16_500
    assert set(plant["lots"]["lot_type"]) == LOT_TYPES
    assert plant["lots"]["lot_code"].is_unique().all()


def test_the_same_seed_gives_the_same_plant_and_another_seed_another():
    def days(seed: int) -> Frames:
        return demo_plant(until=MID_SHIFT, working_days=8, seed=seed)

    one, again, another = days(1), days(1), days(2)
    assert all(one[name].equals(again[name]) for name in COLUMNS)
    assert not one["lots"].equals(another["lots"])


def test_nothing_is_later_than_until(plant: Frames, until: datetime):
    for frame in plant.values():
        for column in {"happened_at", "started_at", "ended_at"} & set(frame.columns):
            assert max(map(datetime.fromisoformat, frame[column].drop_nulls())) <= until
            assert frame[column].drop_nulls().str.ends_with("+00:00").all()


@pytest.mark.parametrize(("utc_hour", "status"), [(15, "ACTIVE"), (16, "COMPLETED")])
def test_a_production_run_is_over_when_its_shift_is(utc_hour: int, status: str):
    until = datetime(2026, 4, 1, utc_hour, tzinfo=UTC)  # 17:00 and 18:00 on the site's wall
    runs = demo_plant(until=until, working_days=2)["production_runs"].to_dicts()
    assert [row["status"] for row in runs] == ["COMPLETED", status]
    assert (runs[-1]["ended_at"] is None) == (status == "ACTIVE")


def test_until_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        demo_plant(until=datetime(2026, 3, 15))


def test_no_lot_is_its_own_ancestor_and_every_code_is_known(plant: Frames):
    graph = _graph(plant)
    assert networkx.is_directed_acyclic_graph(graph)
    assert set(graph) <= set(plant["lots"]["lot_code"])


def test_no_lot_gives_out_more_than_it_has_except_in_the_incident(plant: Frames):
    given_kg: dict[str, Decimal] = defaultdict(Decimal)
    for row in plant["genealogy"].to_dicts():
        given_kg[row["parent_lot_code"]] += Decimal(row["quantity_kg"])
    for row in plant["shipments"].to_dicts():
        given_kg[row["lot_code"]] += Decimal(row["quantity_kg"])
    lots = _lots(plant)
    over = [code for code, given in given_kg.items() if given > Decimal(lots[code]["weight_kg"])]
    assert over == incidents(plant)["over_consumption"]


def test_yields_are_within_five_percent_except_of_bones_and_in_the_incident(plant: Frames):
    taken_kg: dict[str, Decimal] = defaultdict(Decimal)
    for row in plant["genealogy"].to_dicts():
        taken_kg[row["child_lot_code"]] += Decimal(row["quantity_kg"])
    lots = _lots(plant)
    out = [
        code
        for code, taken in taken_kg.items()
        if lots[code]["lot_type"] != "DEB"
        and not Decimal("0.95") <= Decimal(lots[code]["weight_kg"]) / taken <= 1
    ]
    assert out == incidents(plant)["yield_out"]


def test_check_digits_are_right(plant: Frames):
    codes = [plant["products"]["gtin"], plant["partners"]["gln"], plant["shipments"]["sscc"]]
    for column, length in zip(codes, (13, 13, 18), strict=True):
        found = column.drop_nulls()
        assert found.len() and set(found.str.len_chars()) == {length}
        assert all(check_digit(code[:-1]) == code[-1] for code in found)
    assert check_digit("629104150021") == "3"  # GS1's own worked example


def test_species_never_mix(plant: Frames):
    lots = _lots(plant)
    for row in plant["genealogy"].to_dicts():
        parent, child = lots[row["parent_lot_code"]], lots[row["child_lot_code"]]
        assert parent["metadata"] in (None, child["metadata"])


def test_deboned_meat_waits_two_hours_at_most_and_mix_is_used_the_same_day(plant: Frames):
    lots = _lots(plant)
    for row in plant["genealogy"].to_dicts():
        parent, child = lots[row["parent_lot_code"]], lots[row["child_lot_code"]]
        waited = _time(child) - _time(parent)
        assert waited > timedelta(0)
        if parent["lot_type"] == "DEB":
            assert waited <= timedelta(hours=2)
        if child["lot_type"] == "SKW":  # of mixes, as of rods
            assert _time(parent).date() == _time(child).date()


def test_a_pallet_is_of_one_product_and_one_customers(plant: Frames):
    lots, aboard = _lots(plant), {}
    for row in plant["shipments"].to_dicts():
        product = lots[row["lot_code"]]["product_code"]
        aboard.setdefault(row["sscc"], set()).add((product, row["customer_code"]))
    assert len(aboard) > 1
    assert {len(found) for found in aboard.values()} == {1}


def _time(row: dict) -> datetime:
    return datetime.fromisoformat(row["happened_at"])


def test_buffers_carry_over_to_the_next_day_but_not_to_a_monday(plant: Frames):
    lots = _lots(plant)
    children = [
        lots[row["child_lot_code"]]
        for row in plant["genealogy"].to_dicts()
        if row["parent_lot_code"].startswith("BULK") and row["child_lot_code"].startswith("BULK")
    ]
    assert {_time(child).weekday() for child in children} == {1, 2, 3, 4}


def test_lots_are_used_and_shipped_after_they_passed_except_in_the_incidents(plant: Frames):
    decisions, known = _decisions(plant), incidents(plant)
    early = {
        row["parent_lot_code"]
        for row in plant["genealogy"].to_dicts()
        if _decision_at(decisions[row["parent_lot_code"]], row["happened_at"]) != "PASS"
    }
    assert early == set(known["warm_receipt"] + known["held_mix"])
    for row in plant["shipments"].to_dicts():
        assert _decision_at(decisions[row["lot_code"]], row["happened_at"]) == "PASS"


def test_ccp_gates_carry_temperatures_that_a_pass_keeps(plant: Frames):
    for row in plant["qc_decisions"].filter(polars.col("gate_number").is_in(["1", "7"])).to_dicts():
        limit_c = 4 if row["gate_number"] == "1" else -18
        assert row["temperature_c"] is not None
        assert row["decision"] != "PASS" or Decimal(row["temperature_c"]) <= limit_c


def test_holds_and_fails_say_why_and_release_is_not_the_operators(plant: Frames):
    for row in plant["qc_decisions"].to_dicts():
        assert row["decision"] == "PASS" or len(row["notes"]) >= 10
        if (row["gate_number"], row["decision"]) == ("8", "PASS"):
            assert row["decided_by"] in ("manager@demo.example", "auditor@demo.example")


def test_a_pallet_is_one_sku_and_one_customer(plant: Frames):
    lots, pallets = _lots(plant), defaultdict(set)
    for row in plant["shipments"].to_dicts():
        sku = lots[row["lot_code"]]["product_code"]
        pallets[row["sscc"]].add((sku, row["customer_code"]))
    assert len(pallets) > 1 and all(len(kinds) == 1 for kinds in pallets.values())


def test_pallets_left_with_what_was_packed_and_a_few_stand_here(plant: Frames):
    lots, packed, shipped = _lots(plant), defaultdict(list), defaultdict(list)
    for row in plant["shipments"].to_dicts():
        shipped[row["sscc"]].append((row["lot_code"], row["quantity_kg"]))
    for row in plant["packings"].filter(polars.col("lot_code").is_not_null()).to_dicts():
        packed[row["sscc"]].append((row["lot_code"], row["quantity_kg"]))
        assert _time(lots[row["lot_code"]]) < _time(row)
    here = {sscc: held for sscc, held in packed.items() if sscc not in shipped}
    gone = set(packed) - set(here)
    assert len(gone) >= 3 and all(packed[sscc] == shipped[sscc] for sscc in gone)
    assert [len(held) for held in here.values()] == [2, 8, 8]
    in_store = [lots[code] for held in here.values() for code, _ in held]
    assert len({lot["product_code"] for lot in in_store}) == 1
    assert all(
        held == lot["weight_kg"]
        for lot, held in zip(
            in_store, (kg for held in here.values() for _, kg in held), strict=True
        )
    )
    assert not {lot["lot_code"] for lot in in_store} & set(plant["shipments"]["lot_code"])
    (onto,) = plant["packings"].filter(polars.col("inner_sscc").is_not_null()).to_dicts()
    assert [onto["inner_sscc"], onto["sscc"]] == list(here)[:2]
    assert all(check_digit(sscc[:-1]) == sscc[-1] for sscc in packed)


def test_some_lots_at_each_gate_wait_for_a_decision_and_old_holds_are_open(
    plant: Frames, until: datetime
):
    decisions, lots = _decisions(plant), _lots(plant)
    waiting = Counter(row["lot_type"] for code, row in lots.items() if not decisions[code])
    assert set(waiting) == LOT_TYPES
    known = incidents(plant)
    old = [
        code
        for code, found in decisions.items()
        if found and found[-1]["decision"] == "HOLD" and until - _time(lots[code]) > timedelta(4)
    ]
    assert len(set(old) - set(known["warm_receipt"] + known["held_mix"])) in (2, 3)


def test_each_incident_is_there_once(plant: Frames):
    counts = {name: len(codes) for name, codes in incidents(plant).items()}
    assert counts.pop("bad_supplier_lot") in (2, 3)
    assert set(counts.values()) == {1} and len(counts) == 5


def test_descendants_of_the_bad_supplier_lot_and_of_the_held_mix_were_shipped(plant: Frames):
    graph, shipped = _graph(plant), set(plant["shipments"]["lot_code"])
    known = incidents(plant)
    for code in known["bad_supplier_lot"] + known["held_mix"]:
        assert networkx.descendants(graph, code) & shipped
    warm_children = list(graph.successors(known["warm_receipt"][0]))
    assert len(warm_children) == 1 and warm_children[0].startswith("DEB")


def test_the_reference_is_there_and_in_stock(plant: Frames):
    lots = _lots(plant)
    assert {code: int(lots[code]["weight_kg"]) for code in REFERENCE_KG} == REFERENCE_KG
    links = plant["genealogy"].filter(polars.col("parent_lot_code").is_in(list(REFERENCE_KG)))
    assert dict(links.select("parent_lot_code", "quantity_kg").iter_rows()) == {
        "RAW-BEEF-001": "500",
        "RAW-SPICE-001": "40",
        "MIX-BATCH-88": "530",
    }
    assert not set(REFERENCE_KG) & set(plant["shipments"]["lot_code"])
