"""What bad lots have in common, in English."""

# What lots may have in their history (`sql.genealogy.common_ancestors`), with and without a detail.
TRAITS = {
    "lot": "{code} ({detail})",
    "run": "Run {code} ({detail})",
    "supplier": "Supplier {detail} ({code})",
    "supplier_lot": "Supplier's lot {code} ({detail})",
    "product": "Product {code} ({detail})",
    "gate_day": "Gate {code} on {detail}",
    "gate_stop": "{detail} at gate {code}",
}

TRAITS_BARE = TRAITS | {
    "lot": "{code}",
    "run": "Run {code}",
    "supplier": "Supplier {code}",
    "supplier_lot": "Supplier's lot {code}",
    "product": "Product {code}",
}

SUSPECT_GROUPS = "{first} and {more} with it"

SUSPECT_CHANCE = "1 in {count}"

SUSPECT_HARDLY = "under 1 in a billion"

CHANCE_HELP = "How rarely chance alone would do this. 1,000,000,000 stands for that or rarer."
COMPARING = "Comparing their histories …"
BAD_LOTS = "Bad lots"
BAD_LOTS_HELP = "Scan or paste lot codes, one a line"
TAKE_REJECTED = "Take the {count} rejected lots"
COMPARE_WITH = "Compare with"
OTHERS_SAID = "Every other lot of the same types and products, made on the same days."
GOOD_LOTS = "Good lots"
GOOD_LOTS_HELP = "Tested and good, one a line"
TITLE = "Common ancestors"
ENTER_BAD = (
    "Enter the lots that turned out bad. The answer is what their histories share (lots, runs, "
    "suppliers, gates) and which lot to test next."
)
NOTHING_IN_COMMON = (
    "These lots have no history in common: they have no parents, run, supplier, product or gate in "
    "the record."
)
AGAINST_OTHERS = "All similar lots"
AGAINST_NAMED = "Good lots I name"
AND_MORE = " and {count} more"
NOT_IN_EDITION = (
    "Not in this edition, so not counted: {lots}. Check the codes; newer lots come with the next "
    "run."
)
IN_BOTH = "Named as bad and as good, counted as bad: {lots}."
LEFT_OUT = (
    "The closure of this edition is partial: the ancestors of {count} of these lots are not in "
    "this answer: {lots}. Trace shows them whole."
)
COMPARED = "{bad} compared with {others}."
NOTHING_TO_COMPARE = (
    "{bad}, and nothing to compare with. What most bad lots share comes first. Name good lots to "
    "see what stands out."
)
STAND_OUT = "{suspects} {stand} out."
NONE_STANDS_OUT = (
    "{compared} Nothing stands out: what these lots share, others have about as often. Name lots "
    "that were tested and are good, or test the lot below."
)
FIRST_SUSPECT = (
    "**{suspect}**: {bad_with} of {bad} bad lots have it, and {good_with} of {good} others. "
    "Probability by chance, corrected for {comparisons}: {chance}."
)
SHARED_TOO = "The same lots share this, so they can't tell it apart: {names}."
NO_TEST_TELLS = "No test of another lot would tell more about these suspects."
TEST_NEXT = "## Test next: {lot}"
TRACE_IT = "Trace it"
OR_THESE = "Or one of these"
HERE_UNKNOWN = "How much of it is here is unknown"
HERE = "{amount} of it are here"
NOTHING_LEFT = "Nothing is left of it; test a kept sample"
SUSPECT = "suspect"
SUSPECTS = "suspects"
WHY_NEXT = (
    "{here}. It has {suspects} {numbers}{more}, {weight} of all suspicion: no other test would "
    "tell more."
)
HAVE_IT = "of these lots have it"
CHART_BAD = "bad lots"
CHART_OTHERS = "others"
BY_EVIDENCE = "Evidence"
BY_LIFT = "Lift"
BY_BAD = "Bad lots that have it"
SORT_BY = "Sort by"
FILE_HOLDS_ALL = "{first}; the file holds every one."
CHOOSE_ROW = "Choose a row to see everything that a suspect stands for."
SUSPECTS_CSV = "Suspects as CSV"
SUSPECT_TITLE = "## Suspect {number}: the same lots have all of this"
LOT = "Lot"
STANDS = "stands"
STAND = "stand"
