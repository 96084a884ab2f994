"""Things that are counted, in English; `plural` says how many."""

BREAK = "break"
