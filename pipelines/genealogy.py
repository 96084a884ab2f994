"""Which lots went into which, and whether the weights add up."""

from pipelines.model_asset import model_asset
from sql.genealogy.taught_stands import teach
from sql.warehouse.changes import Walked


def _walk(connection, model, pairs_budget, changed, /) -> Walked:
    """Walk the closure; compiled code, loaded only by a run that walks."""
    from sql.genealogy import ancestries

    return ancestries.walk(connection, model, pairs_budget, changed)


assets = [
    model_asset("genealogy.ancestries", _walk),
    model_asset("genealogy.closure"),
    model_asset("genealogy.closure_by_code"),
    model_asset("genealogy.former_codes"),
    model_asset("genealogy.movement_sums"),
    model_asset("genealogy.mass_balance"),
    model_asset("genealogy.unit_balance"),
    model_asset("genealogy.packed"),
    model_asset("genealogy.standing", teach=teach),
    model_asset("genealogy.on_hand_by_place"),
    model_asset("genealogy.lot_traits"),
    model_asset("genealogy.exposure"),
    model_asset("genealogy.exposure_in_units"),
    model_asset("genealogy.exposed_lots"),
    model_asset("genealogy.carry_over"),
]
