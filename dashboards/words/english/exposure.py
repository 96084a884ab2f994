"""What the board of exposure says, in English."""

SPANS = {28: "4 weeks", 91: "13 weeks", 365: "1 year", 1461: "4 years"}

COUNT = "Count"
RECEIVED_IN = "Received in the last"
PRODUCT = "Product"
ALL_PRODUCTS = "All products"
TOUCHED_TITLE = "## {measure} a received lot touches"
AT_LEAST_UNIT = "{unit}, at least"
BREAKS_TITLE = "## Days between clean breaks"
NO_LOTS_MADE = "No lots with types were made from others yet."
FILE_HOLDS_ALL = "{first}; the file holds every one."
TRACE_LOT = "Trace {lot}"
LOTS_CSV = "Lots as CSV"
TITLE = "Exposure"
LEAD = "If a received lot turned out bad today: what has it touched?"
NO_LOTS = "No lot was received in this time. Choose a longer one, or another product."
DAYS_AXIS = "Production days"
WORST_LOT = "Worst lot"
MEAN = "Mean"
NINETEEN_IN_TWENTY = "95% of lots: at most"
LONGEST = "Longest without a clean break"
MEAN_OF = "mean {mean}"
AT_LEAST = "at least {said}"
LATELY = "{change} lately"
RECEIVED = "{lots} received."
ONE_IN_USE = "{count} of them is still in use and may yet touch more."
AS_BAD = "{lot} and {count} more"
IN_USE = "{count} of them are still in use and may yet touch more."
LEAST_OF = (
    "Of {lots} the kilograms are the least they can be: some that they touch are unknown. So the "
    "worst by kilograms can't be told."
)
LATELY_SAID = (
    "“Lately” compares the newer half of the lots received until {until} with the older half. 95% "
    "of lots stop spreading within {days}."
)
STRETCHES = "Stretches between clean breaks ({count})"
CARRY_OVER = (
    "Carry-over is a link from a lot of an earlier day into a lot of the same or an earlier stage. "
    "Between two days that no such link spans lies a clean break."
)
STRETCHES_CSV = "Stretches as CSV"
WORST = "worst"
MEAN_MARK = "mean"
