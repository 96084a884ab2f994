"""What bad lots share: outbreaks by hand, and counts against walks over random genealogies."""

from math import log2
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sql.genealogy.common_ancestors import CommonAncestors, common_ancestors
from sql.warehouse.editions import Edition
from sql.warehouse.working_file import Warehouse
from tests import plants
from tests.outbreaks import links, lot, publish_outbreak, publish_plant


def named(found: CommonAncestors) -> list[set[tuple[str, str]]]:
    return [{(trait.kind, trait.code) for trait in suspect.traits} for suspect in found.suspects]


@pytest.fixture
def outbreak(warehouse: Warehouse, tmp_path: Path) -> Edition:
    """Build a plant whose supplier lot S-1 of farm 1 went into F1 to F6."""
    return publish_outbreak(warehouse, tmp_path / "home")


BAD = [f"F{n}" for n in range(1, 7)]


def test_the_poisoned_supplier_lot_comes_first_and_stands_out(outbreak) -> None:
    found = common_ancestors(outbreak, BAD, None)

    assert found.good_codes == sorted(f"F{n}" for n in range(7, 13))
    assert found.bad_codes == BAD and not found.in_both_codes
    assert named(found)[0] == {("supplier_lot", "S-1"), ("gate_day", "6.5")}
    first = found.suspects[0]
    assert (first.bad_with_count, first.good_with_count, first.lift) == (6, 0, 2.0)
    assert first.p == pytest.approx(1 / 924)  # one way of dealing 6 of 12
    assert first.stands_out and first.corrected_p <= 10 * first.p
    assert (first.traits[1].detail, first.traits[1].steps) == ("Farm 1", 2)
    held_by_all = [t for one in found.suspects if one.lift == 1 for t in one.traits]
    # The spice's S-1 is another supplier's.
    assert {t.detail for t in held_by_all if t.kind == "supplier_lot"} == {"Farm 2"}


def test_what_explains_all_bad_lots_comes_before_what_has_the_greatest_lift(outbreak) -> None:
    """One clean lot of S-1 lowers its lift below that of M1, which explains only three of five."""
    found = common_ancestors(outbreak, BAD[:5], [f"F{n}" for n in range(6, 13)])
    lift = {
        name: one.lift
        for one in found.suspects
        for name in ((trait.kind, trait.code) for trait in one.traits)
    }

    assert ("supplier_lot", "S-1") in named(found)[0]
    assert found.suspects[0].p == pytest.approx(6 / 792)
    assert (lift["lot", "M1"], found.suspects[0].lift) == pytest.approx((2.4, 2))


def test_what_one_mix_brought_is_one_suspect_nearest_first(outbreak) -> None:
    found = common_ancestors(outbreak, BAD, None)
    of_mix = next(
        one for one in found.suspects if ("lot", "M1") in {(t.kind, t.code) for t in one.traits}
    )

    assert [(t.kind, t.code, t.detail, t.steps) for t in of_mix.traits] == [
        ("lot", "M1", "MIX", 1),
        ("gate_stop", "6.5", "HOLD", 1),
        ("lot", "R1", "RAW", 2),
    ]
    assert (of_mix.bad_with_count, of_mix.good_with_count) == (3, 0)


def test_what_all_have_is_no_suspicion(outbreak) -> None:
    found = common_ancestors(outbreak, BAD, None)
    spice = next(
        one for one in found.suspects if ("lot", "P") in {(t.kind, t.code) for t in one.traits}
    )

    assert {("supplier", "SUP1"), ("supplier", "SUP2"), ("product", "CHK1")} <= {
        (t.kind, t.code) for t in spice.traits
    }
    assert (spice.lift, spice.p, spice.corrected_p, spice.weight) == (1.0, 1.0, 1.0, 0.0)


def test_a_gate_counts_with_its_day_in_the_sites_zone(outbreak) -> None:
    """23 h after 8:00 UTC is the next day in Budapest, so the clean mix came on another day."""
    found = common_ancestors(outbreak, ["F7"], ["F1", "F4"])
    days = {
        (t.detail, t.steps) for one in found.suspects for t in one.traits if t.kind == "gate_day"
    }

    assert days == {("2026-01-16", 1)}


def test_what_was_decided_about_bad_lots_themselves_is_no_cause(outbreak) -> None:
    found = common_ancestors(outbreak, ["F1"], ["F7"])

    assert ("gate_stop", "FAIL") not in {
        (t.kind, t.detail) for one in found.suspects for t in one.traits
    }
    assert not any(("lot", "F1") in names for names in named(found))


def test_a_bad_lot_that_went_into_other_bad_lots_is_a_suspect(outbreak) -> None:
    found = common_ancestors(outbreak, ["M1", "F1", "F2"], ["F7", "F8", "F9"])

    assert ("lot", "M1") in named(found)[0]


def doubt(weights: list[float]) -> float:
    return -sum(w * log2(w) for w in weights if w)


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (["F1", "F2", "F4", "F5"], ["F7", "F9", "F10", "F11"]),
        (["F1", "F2"], ["F7", "F4"]),
        (["F8", "F1", "F4"], ["F7", "F9"]),
    ],
)
def test_the_next_lots_are_those_whose_test_takes_most_doubt(outbreak, bad, good) -> None:
    """Every lot nobody asked about, its test played through both ways; F8 was shipped whole."""
    found = common_ancestors(outbreak, bad, good)
    pairs = "select ancestor_lot_id, descendant_lot_id from genealogy.closure"
    history = set(outbreak.select(pairs).rows())
    traits = set(outbreak.select("select lot_id, kind, trait_key from genealogy.lot_traits").rows())
    lots = outbreak.select("select lot_id, lot_code, on_hand_kg from genealogy.mass_balance").rows()
    suspected = [(at, one) for at, one in enumerate(found.suspects) if one.weight > 0]
    total = sum(one.weight for _at, one in suspected)
    alike: dict[tuple, list] = {}
    for lot_id, code, on_hand_kg in lots:
        if code in bad or code in good:
            continue
        sources = {a for a, d in history if d == lot_id} | {lot_id}
        held = tuple(
            at
            for at, one in suspected
            if any(
                (source, trait.kind, trait.key) in traits
                for source in sources
                for trait in one.traits
            )
        )
        alike.setdefault(held, []).append((float(on_hand_kg), lot_id, code))
    offered = []
    for held, those in alike.items():
        joint = []
        for at, one in suspected:
            with_, without = one.bad_with_count + 1, len(bad) - one.bad_with_count + 1
            rate = (
                with_ / (with_ + one.good_with_count + 1)
                if at in held
                else without / (without + len(good) - one.good_with_count + 1)
            )
            joint.append((one.weight / total * rate, one.weight / total * (1 - rate)))
        expected = doubt([one.weight / total for _at, one in suspected])
        for result in zip(*joint, strict=True):
            expected -= sum(result) * doubt([part / sum(result) for part in result])
        bits, (on_hand_kg, _id, code) = total * expected, max(those)
        if held and bits > 0.001:
            offered.append((on_hand_kg == 0, -round(bits, 9), code, held, len(those)))
    offered.sort()

    assert offered, "the example tells nothing apart"
    assert [(one.lot_code, one.suspects, one.alike_count) for one in found.next_lots] == [
        row[2:] for row in offered[:5]
    ]
    assert [one.bits for one in found.next_lots] == pytest.approx([-row[1] for row in offered[:5]])
    for one in found.next_lots:
        assert one.weight == pytest.approx(sum(found.suspects[at].weight for at in one.suspects))


def test_without_others_to_compare_with_what_most_bad_lots_have_comes_first(outbreak) -> None:
    found = common_ancestors(outbreak, ["F1", "F2", "F4"], [])

    assert ("lot", "P") in named(found)[0] and found.suspects[0].bad_with_count == 3
    assert {one.p for one in found.suspects} == {1.0} and not found.next_lots


def test_unknown_codes_and_codes_in_both_lists_are_named(outbreak) -> None:
    found = common_ancestors(outbreak, ["f1", "F1", "nope", "F2"], ["F2", "F7", "nichts"])

    assert found.bad_codes == ["F1", "F2"] and found.good_codes == ["F7"]
    assert found.unknown_codes == ["nope", "nichts"] and found.in_both_codes == ["F2"]


def test_a_code_that_is_one_as_typed_means_no_other(warehouse, tmp_path) -> None:
    edition = publish_plant(warehouse, tmp_path / "home", lots=[lot(1, "L1"), lot(2, "l1")])

    assert common_ancestors(edition, ["l1"], []).bad_codes == ["l1"]
    assert common_ancestors(edition, ["L1"], []).bad_codes == ["L1"]


def test_nothing_asked_is_answered_with_nothing(outbreak) -> None:
    found = common_ancestors(outbreak, ["nope"], None)

    assert (found.bad_codes, found.suspects, found.next_lots) == ([], [], [])


def test_lots_that_a_partial_closure_leaves_out_are_named(tmp_path: Path) -> None:
    warehouse = plants.empty_warehouse(tmp_path / "w.duckdb", "UTC", closure_pairs_budget=1)
    edition = publish_plant(
        warehouse,
        tmp_path / "home",
        lots=[lot(n, f"L{n}") for n in range(1, 5)],
        lot_genealogy=links((1, 2), (2, 3), (3, 4)),
    )
    found = common_ancestors(edition, ["L2", "L4"], ["L1"])
    warehouse.close()

    assert "L4" in found.left_out_codes and "L1" not in found.left_out_codes


@settings(max_examples=25)
@given(st.data())
def test_counts_are_those_of_a_plain_walk(tmp_path_factory, data) -> None:
    size = data.draw(st.integers(2, 14))
    drawn = data.draw(st.sets(st.tuples(st.integers(1, size), st.integers(1, size)), max_size=30))
    pairs = sorted((a, b) for a, b in drawn if a < b)
    suppliers = data.draw(st.lists(st.sampled_from([None, 1, 2]), min_size=size, max_size=size))
    bad = data.draw(st.sets(st.integers(1, size), min_size=1))
    good = data.draw(st.sets(st.integers(1, size))) - bad
    folder = tmp_path_factory.mktemp("plant")
    warehouse = plants.empty_warehouse(folder / "w.duckdb", "UTC")
    edition = publish_plant(
        warehouse,
        folder / "home",
        lots=[lot(n, f"L{n}", supplier_id=suppliers[n - 1]) for n in range(1, size + 1)],
        partners=[
            {"partner_id": n, "partner_code": f"SUP{n}", "name": "", "role": "SUPPLIER"}
            for n in (1, 2)
        ],
        lot_genealogy=links(*pairs),
    )
    graph = nx.DiGraph(pairs)
    graph.add_nodes_from(range(1, size + 1))
    history = {n: nx.ancestors(graph, n) | {n} for n in bad | good}
    expected = {}
    for source in range(1, size + 1):
        having = {n for n in history if source in history[n]}
        if having - {source}:
            expected["lot", f"L{source}"] = having
    for supplier in (1, 2):
        having = {n for n in history if any(suppliers[m - 1] == supplier for m in history[n])}
        expected["supplier", f"SUP{supplier}"] = having
    found = common_ancestors(edition, [f"L{n}" for n in bad], [f"L{n}" for n in good])
    warehouse.close()

    assert {
        (t.kind, t.code): (one.bad_with_count, one.good_with_count)
        for one in found.suspects
        for t in one.traits
    } == {
        trait: (len(having & bad), len(having & good))
        for trait, having in expected.items()
        if having & bad
    }
