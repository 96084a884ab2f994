"""What the board of stock by place says, in English."""

TITLE = "Stock by place"
LEAD = (
    "Kilograms on hand at each place, by what was recorded. A lot that may stand in several places "
    "is in the row of each, so what is there at most is not to be added up."
)
NOWHERE_KNOWN = "nobody said where"
NOTHING_HERE = "By the record nothing is on hand."
CHOOSE = "Choose a place to see its lots."
LOTS_AT = "## {place}"
FILE_HOLDS_ALL = "{first}; the file holds every one."
OPEN_LOT = "Open {lot}"
TRACE_LOT = "Trace {lot}"
PLACES_CSV = "Places as CSV"
LOTS_CSV = "Lots of all places as CSV"
