"""Labels and sentences of forms that several screens show."""

WEIGHT_LABEL = "Weight, kg (empty: unknown)"
TAKEN_LABEL = "Kilograms taken (empty: unknown)"
TEMPERATURE_LABEL = "Temperature, °C (empty: not measured)"
REASON_LABEL = "Reason, 10 characters or more"

NO_LOT = "No lot carries the code {code}. Check it, or search for part of it."
LOT_VOIDED = "Lot {lot_code} was voided on {when} by {voided_by}: {reason}"
NO_LOT_THEN = "No lot carried the code {code} then. Check it, or search for part of it."
UNCHANGED = "Nothing was written about it since then."
