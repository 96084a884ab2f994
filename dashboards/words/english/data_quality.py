"""What is said of checks, runs and editions, in English."""

RUN_ASKED = (
    "Asked. The pipeline picks it up within a minute; a run takes about as long again. Come back "
    "to this screen then."
)
ONLY_FAILED = "Failed checks only"
FINDINGS_CSV = "All findings as CSV"
TITLE = "Data quality"
RUN_NOW = "Run now"
NOT_RUNNER = "A manager or an administrator asks for a run between the regular ones."
NOTHING_PUBLISHED_YET = "✕ No edition was published yet: mend what blocks below, then run again."
RUN_PUBLISHED = "✓ The run published an edition; boards read the one of {built_at}."
RUN_BLOCKED = (
    "✕ A blocking check failed, so nothing was published: boards still read the last good edition, "
    "of {built_at}. Mend what blocks below, then run again."
)
CHECKS_ALONE = "The checks ran alone; boards read the edition of {built_at}."
RUN_PUBLISHED_NOTHING = "The last run published nothing; boards read the edition of {built_at}."
OF_RECORD = ", on the record as of {moments}"
LAST_RUN = "Last run ended {ended_at}{of_record}."
EDITION = (
    "Edition of {built_at}, the record as of {record_as_of}. Newer entries come with the next run."
)
PARTIAL = (
    "The closure of this edition is partial: {count} lots have more ancestors than it can hold and "
    "are not counted here. **Data quality** names them; a trace shows them whole. To allow more, "
    "set on the server: LOTLINE\\_CLOSURE\\_PAIRS\\_BUDGET."
)
ROWS_CSV = "These rows as CSV"
FIRST_BREACHES = "{first} breaches."
MOMENT_TO_MOMENT = " to "
