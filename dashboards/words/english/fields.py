"""Labels and sentences of forms that several screens show."""

BEYOND_LABEL = (
    "Only if weight or temperature is far from what is usual, and right: why, 10 characters or more"
)
WEIGHT_LABEL = "Weight, kg (empty: unknown)"
WEIGHED_SO = "Weighed so: keep the amount and the kilograms as typed"
WEIGHED_SO_HELP = (
    "Where a lot weighs what its product says of a unit, the amount follows corrected kilograms, "
    "and they follow a corrected amount. Tick this where both were found so."
)
TAKEN_LABEL = "Kilograms taken (empty: unknown)"
SHIPPED_LABEL = "Kilograms (empty: unknown)"
UNIT_QUANTITY_LABEL = "Amount in another unit (empty: kilograms alone)"
UNIT_LABEL = "Unit"
WEIGHED_OTHERWISE = (
    "{amount} of {product} come to {told}, and {typed} is typed. If it was weighed so, it is kept."
)
TEMPERATURE_LABEL = "Temperature, °C (empty: not measured)"
TIMES_IN = "Times: {zone}"
FLOOR_DAY = "On the floor: day (empty: today)"
FLOOR_TIME = "On the floor: time (empty: now)"
FLOOR_DAY_ALONE = (
    "The day on the floor stands without a time. Type the time too, or neither for now."
)
REASON_LABEL = "Reason, 10 characters or more"

SCAN_MEANS_NONE = "No lot of the record is the one on that label. Check it, or type the lot's code."
SCAN_MEANS_MANY = "The label may mean more than one lot: {lots}. Type the code of the one you hold."
CODE_MEANS_MANY = (
    "No lot carries just the code {code}; but for capitals and separators these do: {lots}. Type "
    "the one you hold as it stands."
)
LABEL_FILLED = "Read as a label: {parts}. Give the lot your own code."
NO_PRODUCT_OF_GTIN = "No product has the GTIN {gtin}. Choose the product."
NO_LOT = "No lot carries the code {code}. Check it, or search for part of it."
NO_LOT_THEN = "No lot carried the code {code} then. Check it, or search for part of it."
UNCHANGED = "Nothing was written about it since then."

AS_KNOWN_ON = "As known on {moment}, not as now."

# How an answer as of a past moment differs from the one of now.
DIFFERENCES = {
    "same": "Nothing was written about these lots since then: the answer is the same now.",
    "same_written": "The answer is the same now. {written} about these lots were written since.",
    "differs": "Since then {joined} came into the answer and {parted} left it; {values} of lots in "
    "both read otherwise. {written} about these lots and their links were written.",
    "unexplained": "What differs was changed at lots beyond these, or in names.",
    "gone": "No lot carries this code any more: it was voided.",
    "link": "Link from",
    "shipment": "Shipment",
    "movement": "Movement",
}
