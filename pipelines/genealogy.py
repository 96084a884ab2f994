"""Which lots went into which, and whether the weights add up."""

from pipelines.model_asset import model_asset, rule_checks

assets = [
    model_asset("genealogy.ancestries"),
    model_asset("genealogy.closure"),
    model_asset("genealogy.closure_by_code"),
    model_asset("genealogy.mass_balance"),
    model_asset("genealogy.lot_traits"),
    model_asset("genealogy.exposure"),
    model_asset("genealogy.exposed_lots"),
    model_asset("genealogy.carry_over"),
]

checks = [
    rule_checks("genealogy.ancestries", reads=["raw.lot_genealogy", "raw.lots"]),
    rule_checks("genealogy.mass_balance"),
    rule_checks("genealogy.exposure"),
    rule_checks("raw.lot_genealogy", reads=["raw.lots"]),
    rule_checks("raw.lots", reads=["raw.lot_genealogy", "raw.products"]),
]
