"""Labels and sentences of forms that several screens show."""

WEIGHT_LABEL = "Weight, kg (empty: unknown)"
TAKEN_LABEL = "Kilograms taken (empty: unknown)"
SHIPPED_LABEL = "Kilograms (empty: unknown)"
TEMPERATURE_LABEL = "Temperature, °C (empty: not measured)"
FLOOR_DAY = "On the floor: day (empty: today)"
FLOOR_TIME = "On the floor: time (empty: now)"
FLOOR_DAY_ALONE = (
    "The day on the floor stands without a time. Type the time too, or neither for now."
)
REASON_LABEL = "Reason, 10 characters or more"

NO_LOT = "No lot carries the code {code}. Check it, or search for part of it."
LOT_VOIDED = "Lot {lot_code} was voided on {when} by {voided_by}: {reason}"
NO_LOT_THEN = "No lot carried the code {code} then. Check it, or search for part of it."
UNCHANGED = "Nothing was written about it since then."
