"""What the choice of lots that go in says, in English."""

FIND = "Find a lot"
FIND_HELP = "Part of a code"
CHOOSE = "With something left, first to expire first"
CHOOSE_HELP = "Choose from {count}"
ADD = "Add"
NOT_IN_RECORD = "{code} · not in the record"
REMOVE = "Remove"
