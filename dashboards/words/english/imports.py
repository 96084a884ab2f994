"""The words of bringing files in, and of taking the plant's own away, in English."""

IMPORT_TITLE = "Import"
IMPORT_FILES = "Files: CSV as any program saves it, workbooks (.xlsx, .ods), or a .zip of them"
IMPORT_NOT_YOURS = "Only an administrator or a manager imports. Ask one for another role."
IMPORT_BEGIN = (
    "Choose one file or several. Nothing is saved until you have seen what would come in and press "
    "Import."
)
IMPORT_FOUND_OUT = "found out"
IMPORT_BY_NAME = "by their names"
IMPORT_MAPPING = "Columns are read"
IMPORT_CODE_PAGE = "Code page"
IMPORT_DECIMAL = "Before decimals stands"
IMPORT_SEPARATOR = "Between cells stands"
DECIMAL_SIGNS = {".": "a point", ",": "a comma"}
DECIMAL_EACH = "as each stands"
SEPARATOR_SIGNS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
IMPORT_READ_AS = "Read as {read_as}; {rows} below the headings."
IMPORT_HIDDEN = "The workbook hides this sheet. It is not imported unless you choose its table."
IMPORT_TABLE = "This is"
IMPORT_LEFT_OUT = "– left out –"
IMPORT_HEADINGS_IN = "Headings are in row"
IMPORT_COLUMNS = "Which column is which"
IMPORT_NO_COLUMN = "–"
IMPORT_NOT_TAKEN = "Not taken: {headings}"
IMPORT_MISSING = "Choose which column is {columns}."
IMPORT_GUESSED = "Guessed by letters, look at it: {columns}"
IMPORT_TWICE = "{first} and {second} are both {table}. One import takes one of each: leave one out."
IMPORT_TABLES = {
    "products": "Products",
    "partners": "Partners",
    "production_runs": "Production runs",
    "places": "Places",
    "lots": "Lots",
    "productions": "Productions",
    "production_inputs": "What went into productions",
    "production_outputs": "What came of productions",
    "genealogy": "Links between lots",
    "readings": "Readings",
    "qc_decisions": "Decisions",
    "shipments": "Shipments",
    "movements": "Movements",
    "packings": "Packed in pallets and cases",
    "moves": "Moves to places",
}
IMPORT_KEEP = "Keep how these files are read, under the name"
IMPORT_KEEP_BUTTON = "Keep"
IMPORT_KEPT = "Kept as {name}. Everybody who imports can choose it."
IMPORT_LOOK = "See what would come in"
IMPORT_LOOKING = "Looking …"
IMPORT_WRITING = "Importing: {table}"
IMPORT_COUNTS = {
    "table": "Table",
    "rows": "Rows",
    "new": "New",
    "corrected": "To correct",
    "voided": "To void",
    "aside": "Set aside",
    "known": "In the record",
    "refused": "Refused",
    "first": "First new rows",
    "decimals": "Before decimals",
}
IMPORT_REFUSED = (
    "{count} can't be taken, so nothing comes in. Mend the files, then choose them again."
)
IMPORT_REFUSED_FILE = "All refused values"
IMPORT_TO_CORRECT = "{count} would correct what the record holds"
IMPORT_CONFIRM = "Take them: the record was wrong, these files are right"
# What a refusal says of the terminal, as who sits at the screen does it.
IMPORT_ON_SCREEN = {
    "Import with --correct to": "Tick the box below to",
    "Import with --again to record it anew.": "Enter it anew on its lot's page.",
}
IMPORT_WHOLE = "These files are all there is: what they have no more is voided"
IMPORT_WHOLE_HELP = (
    "For an export that comes every day with everything. Only what an import brought can be "
    "voided, each with the file as its reason, and you see it first. What people entered stands. "
    "Products and partners are retired, runs closed."
)
IMPORT_SET_ASIDE = "Set aside what can't be taken, and take the rest"
IMPORT_SET_ASIDE_HELP = (
    "Such a row is kept with its text and why, and stands under Data quality until a later import "
    "has it right."
)
IMPORT_ASIDE = "{count} set aside; what they say is in no answer"
IMPORT_ASIDE_COUNT = "{count} set aside"
IMPORT_VOIDED = "{count} voided"
IMPORT_PASSED = "{count} passed over, since the record voided, withdrew or corrected it"
IMPORT_HELD = "Put on HOLD for results outside their limit: {count}"
IMPORT_SPOILT = "{count} taken as they are, but worth a look"
IMPORT_NOTHING_NEW = "The record holds all of it already."
IMPORT_BUTTON = "Import"
IMPORT_DONE = "Imported {counts}."
IMPORT_DONE_NOTHING = "Nothing new: the record holds all of it already."
IMPORT_CORRECTED = "{count} corrected"
EXPORT_TITLE = "Export"
EXPORT_SAYS = "What stands in the record now, as files that Import takes."
EXPORT_BUTTON = "Export everything (.zip)"
IMPORT_ONE_VALUE = "1 value"
IMPORT_VALUES = "{count:,} values"
IMPORT_ONE_ROW = "1 row"
IMPORT_ROWS = "{count:,} rows"
