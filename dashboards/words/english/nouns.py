"""Things that are counted, in English; `plural` says how many."""

BREAK = "break"
COMPARISON = "comparison"
SUSPECT = "suspect"
OTHER = "other"
BAD_LOT = "bad lot"
FACT = "fact"
CHECK = "check"
