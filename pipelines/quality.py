"""What quality decided, how lots fared at the gates, and how long they were held."""

from pipelines.model_asset import model_asset

assets = [
    model_asset("quality.lot_decisions"),
    model_asset("quality.standing_stops"),
    model_asset("quality.stopped_lots"),
    model_asset("quality.origin_stops"),
    model_asset("quality.lot_dispositions"),
    model_asset("quality.hold_and_fail_periods"),
    model_asset("quality.reading_limits"),
    model_asset("quality.reading_results"),
    model_asset("quality.decision_limits"),
    model_asset("quality.decision_gates"),
    model_asset("quality.decision_results"),
    model_asset("quality.decision_values"),
    model_asset("quality.gate_daily"),
    model_asset("quality.first_decisions"),
    model_asset("quality.first_pass_yield"),
    model_asset("quality.hold_times"),
]
