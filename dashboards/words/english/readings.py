"""What the screen of readings says, in English."""

READINGS = "Readings"
READINGS_SAID = (
    "What was measured: over time, against its limits, and whether the process is steady."
)
READINGS_NONE = (
    "Nothing was measured yet. Results come with lots, decisions, imports and the API; "
    "they stand here after the next run."
)
READINGS_NONE_CHOSEN = "No result fits what is chosen. Choose a longer time, or all gates and lots."
MEASURED = "Measured"
MEASURED_ONE = "{characteristic} · {unit} ({results})"
TAKEN = "In the last"
SPANS = {28: "4 weeks", 91: "13 weeks", 365: "1 year", 1461: "4 years"}
SHOWN = "Show"
SHOWN_AS = {
    "trend": "Over time",
    "control": "Control chart",
    "spread": "Distribution",
}
FILTERS = {
    "gate": ("Gate", "All gates"),
    "product": ("Product", "All products"),
    "supplier_name": ("Supplier", "All suppliers"),
    "lot_type": ("Type", "All types"),
}
RESULTS_COUNT, OUTSIDE_COUNT, OPEN_COUNT = "Results", "Outside their limit", "Can't be judged"
MEAN, LOWEST, HIGHEST = "Mean", "Lowest", "Highest"
OPEN_SAID = (
    "A result known only as less or more than a number may lie on either side of its limit; one "
    "without a limit is not judged."
)
NO_MEAN = "no mean: {signs} are known only as less or more than a number"
JUDGED = {True: "outside", False: "within", None: "not judged"}
KNOWN_AS = {"": "value", "<": "less than", "≤": "at most", ">": "more than", "≥": "at least"}
WORD_SHARES = "Results that were not as wanted, of each week's"
WORDS_ALONE = (
    "These results are words: **Over time** shows how many were not as wanted, by the week."
)
WORDS_TOO_FEW = "These results are words, and too few weeks were judged to draw: {why}."
TOO_MANY_POINTS = (
    "{results} are too many points to draw one by one: each day shows its lowest, mean and highest."
)
THINNED = (
    "{points} are too many to draw: every {every}th is drawn, and each that signals. Limits and "
    "signals come from all."
)
NO_CHART = "No control chart: {why}"
POINT_IS = "A point is"
POINTS = {
    "single": "one result",
    "lot": "a lot's results",
    "day": "a day's results",
}
RULES = "A point signals when there are"
RULE_WORDS = {
    "western_electric_1": "1 beyond 3σ",
    "western_electric_2": "2 of 3 beyond 2σ, one side",
    "western_electric_3": "4 of 5 beyond 1σ, one side",
    "western_electric_4": "8 in a row, one side",
    "nelson_2": "9 in a row, one side",
    "nelson_3": "6 in a row rising or falling",
    "nelson_4": "14 in a row up and down",
    "nelson_7": "15 in a row within 1σ",
    "nelson_8": "8 in a row beyond 1σ, both sides",
    "beyond_limit": "beyond a limit",
}
RULES_OFTEN = (
    "The more rules, the more false alarms: rule 1 alone cries once in 370 points of a steady "
    "process, the first four together once in 92."
)
MIXED = (
    "These results are of several {of}. Each has a level of its own, so choose one before you read "
    "anything into the chart."
)
MIXED_OF = {"product": "products", "gate": "gates"}
SPREADS = {
    "moving_range": "Moving range",
    "range": "Range of each point's results",
    "deviation": "Standard deviation of each point's results",
}
LIMITS_FROM = (
    "Limits come from the points shown: centre {center}, sigma within {sigma}. They say what the "
    "process does, not what it may do."
)
LEFT_OUT = (
    "Left out: {results}, which have no known time or stand alone where a point takes several."
)
SIGNALS = "Points that signal"
SIGNAL, NO_SIGNAL = "signals", "does not signal"
NO_SIGNALS = "No point signals by the rules chosen."
CAPABILITY = "What the process can keep"
NO_CAPABILITY = "Nothing can be said of what it can keep: {why}."
INDEXES = {
    "cp": "Cp",
    "cpk": "Cpk",
    "pp": "Pp",
    "ppk": "Ppk",
}
INDEX_BETWEEN = "{lower} to {upper}"
INDEXES_SAID = (
    "Cp and Cpk take sigma within points, Pp and Ppk that of all results; a limit of one side has "
    "no Cp and Pp. Under each its 95% interval, which is a little narrow: all results count as "
    "independent."
)
NOT_NORMAL = (
    "The results are not normally distributed ({test}: p = {chance}), which the indexes take for "
    "granted: they promise too much or too little. The share below holds all the same."
)
NORMALITY_TESTS = {
    "shapiro_wilk": "Shapiro and Wilk",
    "dagostino_pearson": "D'Agostino and Pearson",
}
CHANCE_BELOW = "below 0.001"
OUTSIDE_SHARE = (
    "{count} of {results} lie outside. If the process stays as it is, at most {share} of all will, "
    "with 95% confidence, whatever their distribution."
)
RESULTS_TITLE = "Results, newest first"
RESULTS_CSV = "Results as CSV"
OPEN_LOT = "Open {lot}"
TRACE_LOT = "Trace {lot}"
READING_COLUMNS = {
    "characteristic": "Measured",
    "lower_bound": "At least",
    "upper_bound": "At most",
    "wanted_word": "Must be",
    "center": "Centre",
    "lower": "Lower limit",
    "upper": "Upper limit",
    "results_count": "Results",
    "signals": "Why it signals",
    "judged": "Judged",
}
