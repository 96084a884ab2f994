"""How severe each rule is, pinned by name: whoever changes one is asked here whether they meant it.

`blocks` keeps the last edition; `error` is published and must be mended; `warning` is published and
to be looked at. What each does in a run is seen in `tests/pipelines/test_severities.py`.
"""

from sql.warehouse.models import model_names
from sql.warehouse.rules import Severity, ruled_tables, rules_of

BLOCKS = {
    "genealogy.ancestries: every_ancestor_is_listed_once",
    "genealogy.ancestries: every_pair_walked_is_stored",
    "genealogy.ancestries: every_share_lies_between_0_and_1",
    "genealogy.ancestries: no_lot_is_its_own_ancestor",
}
ERROR = {
    "genealogy.packed: no_more_of_a_lot_stands_packed_than_is_on_hand",
    "genealogy.ancestries: every_lot_with_parents_has_its_ancestors",
    "genealogy.mass_balance: every_lot_is_accounted_for_within_the_band",
    "genealogy.mass_balance: no_downgraded_kilograms_were_shipped",
    "genealogy.mass_balance: no_lot_gives_out_more_than_it_holds",
    "genealogy.unit_balance: no_lot_gives_out_more_than_it_counts",
    "quality.lot_dispositions: no_descendant_of_a_held_or_failed_lot_was_shipped",
    "quality.lot_dispositions: no_held_or_failed_lot_was_shipped",
    "quality.lot_dispositions: no_held_or_failed_lot_was_used",
    "quality.lot_dispositions: no_held_or_failed_lot_went_otherwise",
    "quality.lot_dispositions: no_lot_was_given_away_before_its_final_release",
    "raw.movements: no_more_came_back_than_was_shipped",
    "quality.lot_dispositions: no_result_outside_its_limit_went_without_a_hold",
    "quality.lot_dispositions: no_lot_was_shipped_before_its_final_release",
    "quality.lot_dispositions: no_lot_stopped_by_its_origin_was_used",
    "raw.lots: no_two_products_meet_in_a_lot_of_one_product",
    "raw.shipments: no_pallet_of_one_customer_left_for_two",
    "raw.shipments: no_pallet_of_one_product_left_with_two",
    "raw.lots: no_expired_lot_was_used_or_shipped",
    "raw.lots: no_two_species_meet_in_a_lot",
    "quality.decision_gates: every_ccp_decision_carries_a_temperature",
    "quality.decision_gates: no_pass_was_given_outside_a_critical_limit",
    "quality.decision_values: no_pass_was_given_outside_a_limit_of_its_gate",
    "quality.decision_values: every_pass_at_a_ccp_rests_on_what_is_measured_there",
    "raw.productions: no_production_gives_more_than_went_in",
    "raw.rows_set_aside: no_row_of_an_import_stands_aside",
}
WARNING = {
    "genealogy.packed: no_pallet_holds_two_products_where_it_is_of_one",
    "genealogy.packed: what_left_on_a_unit_is_what_was_packed_in_it",
    "raw.lots: every_weight_and_temperature_is_plausible",
    "genealogy.mass_balance: every_weight_and_quantity_of_a_lot_is_known",
    "genealogy.mass_balance: every_yield_is_within_tolerance",
    "genealogy.mass_balance: no_more_is_accounted_for_than_there_was",
    "raw.movements: nothing_came_back_before_it_was_shipped",
    "raw.moves: no_lot_was_moved_before_it_was_made",
    "raw.moves: nothing_left_a_place_beyond_what_stood_there",
    "raw.lots: nothing_happened_to_a_lot_before_it_was_made",
    "raw.lot_genealogy: every_input_has_a_lot_code",
    "raw.lot_genealogy: no_lot_was_used_before_it_was_made",
    "raw.lot_genealogy: no_lot_waited_longer_than_its_process_allows",
    "raw.lot_genealogy: no_lot_was_used_on_a_later_day_than_its_process_allows",
    "quality.decision_gates: every_decision_was_made_at_a_gate_of_its_lots_type",
    "quality.decision_values: every_pass_rests_on_the_values_its_process_asks_for",
    "raw.qc_decisions: no_decision_came_more_than_a_week_after_its_lot",
}
# A breach of any other is about the lots alone: an answer is whole all the same (domain.md).
LEAVES_THE_ANSWER_IN_DOUBT = BLOCKS | {
    "genealogy.ancestries: every_lot_with_parents_has_its_ancestors",
    "genealogy.mass_balance: every_lot_is_accounted_for_within_the_band",
    "genealogy.mass_balance: no_lot_gives_out_more_than_it_holds",
    "genealogy.unit_balance: no_lot_gives_out_more_than_it_counts",
    "genealogy.mass_balance: every_yield_is_within_tolerance",
    "raw.lot_genealogy: every_input_has_a_lot_code",
    "raw.lot_genealogy: no_lot_was_used_before_it_was_made",
    "raw.rows_set_aside: no_row_of_an_import_stands_aside",
    "raw.movements: no_more_came_back_than_was_shipped",
    "raw.productions: no_production_gives_more_than_went_in",
}
GRAIN = "one_row_for_each"


def test_every_written_rule_is_as_severe_as_it_is_meant_to_be() -> None:
    found: dict[Severity, set[str]] = {severity: set() for severity in Severity}
    for table in ruled_tables():
        for rule in rules_of(table):
            if not rule.name.startswith(GRAIN):
                found[rule.severity].add(f"{table}: {rule.name}")

    assert found == {
        Severity.BLOCKS: BLOCKS,
        Severity.ERROR: ERROR,
        Severity.WARNING: WARNING,
    }


def test_a_breach_about_links_or_kilograms_alone_leaves_an_answer_in_doubt() -> None:
    found = {
        f"{table}: {rule.name}"
        for table in ruled_tables()
        for rule in rules_of(table)
        if not rule.bears_on_lots and not rule.name.startswith(GRAIN)
    }

    assert found == LEAVES_THE_ANSWER_IN_DOUBT


def test_a_row_that_stands_twice_in_any_model_blocks() -> None:
    for name in model_names():
        (grain,) = [rule for rule in rules_of(name) if rule.name.startswith(GRAIN)]
        assert grain.severity is Severity.BLOCKS
