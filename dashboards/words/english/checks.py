"""Data-quality checks in English: how each stands, and what a run left behind."""

CHECK_STATES = {
    "blocks": ":red[⛔ BLOCKS]",
    "error": ":red[✕ ERROR]",
    "warning": ":orange[▲ WARNING]",
    "settled": ":gray[● SETTLED]",
    "passed": ":green[✓ PASSED]",
    "passed_then": ":gray[✓ passed as of {moment}]",
    "not_checked": ":gray[○ NOT CHECKED]",
}
CHECK_TALLY = {
    "passed": "✓ Passed",
    "passed_then": "✓ Passed as of then",
    "failed": "✕ Failed: block or error",
    "warning": "▲ Warnings",
    "settled": "● Settled",
    "not_checked": "○ Not checked",
}
FOUND = "{count} found"
NOT_SINCE = "not checked again since"

NO_RUN = "No run has begun yet. Press **Run now**, or run `lotline refresh`."
RUN_INTERRUPTED = (
    "✕ The run that began {began_at} was interrupted and did not end. Below stands what each check "
    "said before; none of it is checked since. Run again."
)
RUN_UNDER_WAY = "A run is under way since {began_at}. Below stands what each check said before it."
CHECKS_LEFT_OUT = (
    "⚠ {checks} of {all_checks} have not looked at what there is now: a run asked only some of "
    "them, or stopped before the others. Run again."
)
FACTS_SINCE = "⚠ {facts} were written since the checks looked. They are not checked."
OTHER_RECORD = "⚠ The checks looked at another record than this one. Nothing here is checked."
EVERY_CHECK_PASSED = "✓ Every check passed. Switch the filter off to see them all."
NOTHING_FAILED_THEN = (
    "No check that looked found anything; what is not checked is named above. Switch the filter "
    "off to see every check."
)
NO_ROW_BREAKS_IT = "✓ No row breaks it."
NO_ROW_BROKE_IT = "No row broke it when it looked, as of {moment}. What came since is not checked."
NEVER_LOOKED = "It has not looked yet."

CHECKS_AS_OF = "all of them looked at the record as of {moment}"
CHECKS_NOT_OF_ALL = (
    "they looked at the record as of {moment}, and not at all that bears on this answer: see the "
    "verdict"
)
CHECKS_INCOMPLETE = "not all of them have looked at what there is now"

NO_HOLDS = "✓ No lot was on HOLD, as of this edition."
DAYS_LEFT_OPEN = "{decisions} known by the month only; no day of the chart counts them."
WEEKS_LEFT_OPEN = "{decisions} known by the month only; no week of the chart counts them."
HOURS_LEFT_OPEN = "{holds} known by the day or month only; nobody can tell the hours."
EVERY_BALANCE_ADDS_UP = (
    "✓ No lot gave out more than there was of it, and none weighs more or less than went in by "
    "more than its type allows, as of this edition."
)
KNOWN_BALANCES_ADD_UP = (
    "Of the others ({lots}) none gave out too much, and none is off by more than its type allows."
)
BALANCE_UNKNOWN = (
    "⚠ Of {lots} nothing can be said: a weight, or kilograms into or out of them, are unknown. "
    "Data quality names them."
)
NO_LOTS = "There are no lots yet."

SETTLEMENTS = {"ACKNOWLEDGED": "acknowledged", "EXPLAINED": "explained", "REOPENED": "open again"}
SETTLED_FINDING = "– “{rule}” is broken at {lots}; settled: {settled} by {by} on {day}: {reason}"
SETTLED_BY = "{kind} by {by}, {when}: {reason}"
SETTLED_TITLE = "Settled"
SETTLE_TITLE = "Settle a finding"
SETTLE_WHICH = "Which one"
SETTLE_CHOOSE = "Choose the finding first."
SETTLE_HOW = "What is it"
SETTLE_SAVE = "Settle this finding"
SETTLED_NOW = "Saved. It is in the record, with your name and reason."
SETTLED_COUNT = "{count} settled"

BEHIND_A_NUMBER = "Lots behind a number"
NO_LOTS_BEHIND = "This edition counts no such lot."
NOT_PASSED_FIRST = "{count} and gates where the first decision was not PASS, the newest first."
YIELDS_BEYOND = "The chart ends at {end}. Beyond it go: {types}."
