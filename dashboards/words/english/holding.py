"""What the hold of a trace says, in English."""

HOLD_HERE = "Hold {lots} here"
HELD_NOW = "{lots} on HOLD now, signed by {by}."
NOTHING_MORE = "Nothing more to hold."
HELD_ALREADY = "Held as a whole already"
REJECTED_ALREADY = "Rejected already"
AND_MORE = " and {count} more"
