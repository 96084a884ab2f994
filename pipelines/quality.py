"""What quality decided, how lots fared at the gates, and how long they were held."""

from pipelines.model_asset import model_asset, rule_checks

assets = [
    model_asset("quality.lot_dispositions"),
    model_asset("quality.hold_and_fail_periods"),
    model_asset("quality.gate_daily"),
    model_asset("quality.first_pass_yield"),
    model_asset("quality.hold_times"),
]

checks = [
    rule_checks(
        "quality.lot_dispositions",
        reads=[
            "quality.hold_and_fail_periods",
            "genealogy.closure",
            "raw.shipments",
            "raw.lot_genealogy",
            "raw.partners",
        ],
    ),
    rule_checks("quality.hold_and_fail_periods"),
    rule_checks("quality.gate_daily"),
    rule_checks("quality.first_pass_yield"),
    rule_checks("quality.hold_times"),
    rule_checks("raw.qc_decisions", reads=["raw.lots", "raw.qc_gates", "raw.gate_limits"]),
]
