"""The plant's process in English: what is typed about a part, and what its words mean."""

PLANT_TABS = ["Types", "Phases", "Gates", "Limits", "Rules", "Decisions", "Bounds", "History"]

PLANT_FIELDS = {
    "lot_type": "Lot type",
    "input_lot_type": "Of what goes in",
    "name_en": "Name, English",
    "name_hu": "Name, Hungarian",
    "position": "Place in the order",
    "origin": "Comes to be",
    "lightest_kg": "Plausible from, kg",
    "heaviest_kg": "Plausible to, kg",
    "coldest_c": "Plausible from, °C",
    "warmest_c": "Plausible to, °C",
    "yield_tolerance_ratio": "Yield may be off by (0.05 is 5%)",
    "colour": "Colour (#1d4ed8)",
    "phase_number": "Phase",
    "stream": "Stream",
    "gate_number": "Gate",
    "lot_types": "Serves",
    "gate_type": "Stands in the way",
    "is_ccp": "Critical control point",
    "characteristic": "Measured",
    "unit": "Unit (C for °C)",
    "product_code": "Product",
    "storage_class": "Storage class",
    "in_force_from": "In force from (empty: since ever)",
    "in_force_until": "In force until",
    "lower_bound": "At least",
    "upper_bound": "At most",
    "word": "Must be",
    "rule": "Rule",
    "hours": "Hours",
    "decision": "Word",
    "counts_as": "Counts as",
    "setting": "Bound",
    "value": "Value",
}

PLANT_WORDS = {
    "RECEIVED": "Received from a supplier",
    "MADE": "Made here",
    "FINISHED": "Made to leave the plant",
    "CHECKPOINT": "To be passed before release",
    "BLOCKING": "To be passed before shipping too",
    "INFO": "To be passed before release; for information",
    "ONE_PRODUCT": "Only one product goes in",
    "ONE_SPECIES": "Species never mix",
    "SAME_DAY": "Used on the day it was made",
    "LONGEST_WAIT": "Waits no longer than these hours",
    "PALLET_OF_ONE_PRODUCT": "A pallet is one product",
    "PALLET_OF_ONE_CUSTOMER": "A pallet is one customer's",
    "PASS_NEEDS_VALUES": "A PASS needs a value for each limit of its gate",
    "CHILLED": "Chilled",
    "FROZEN": "Frozen",
    "AMBIENT": "Ambient",
    "HOT": "Hot",
    "lightest_kg": "A lot weighs at least, kg",
    "heaviest_kg": "A lot weighs at most, kg",
    "coldest_c": "A lot is at least so warm, °C",
    "warmest_c": "A lot is at most so warm, °C",
}

PLANT_COLUMNS = {
    "lot_types": "Types",
    "name_en": "Name",
    "name_hu": "Name, Hungarian",
    "position": "Place",
    "origin": "Comes to be",
    "plausible_kg": "Plausible, kg",
    "plausible_c": "Plausible, °C",
    "yield_tolerance": "Yield off by",
    "colour": "Colour",
    "phase": "Phase",
    "phase_number": "Phase",
    "stream": "Stream",
    "gate": "Gate",
    "serves": "Serves",
    "gate_type": "Stands in the way",
    "is_ccp": "CCP",
    "points": "Checklist",
    "applies_to": "For",
    "limit": "Limit",
    "in_force_from": "From",
    "in_force_until": "Until",
    "rule": "Rule",
    "decision_word": "Word",
    "counts_as": "Counts as",
    "setting": "Bound",
    "version": "Version",
    "applied_by": "By",
    "process": "Process",
}

CHECKLIST_EN = "Checklist, English, a point a line"
CHECKLIST_HU = "Checklist, Hungarian, a point a line"
PLANT_REASON = "Why, for everybody who looks at it later"
PLANT_NOW = (
    "A change holds from now on: what was decided stays judged as it was, and lots made before are "
    "not held to what is new. A limit may say its own day."
)
PLANT_SAVED = "The process is changed. {changes}"
PLANT_SAVED_MORE = "And {count} more: History lists all."
PLANT_HISTORY = "Tick a version to see what it changed."
PLANT_VERSION = "What version {version} changed"
PLANT_BEGAN = "Every plant begins with it, until it states a process of its own."
PLANT_SAME = "Nothing that reads otherwise than before."
PLANT_ASK = "A manager or administrator changes the process."
PLANT_TEMPLATE = (
    "It takes the place of this one, as far as no lot needs what it lacks. You see what it would "
    "change before you take it."
)
PLANT_TAKING = "Take a template, or a process from files"
PLANT_TAKEN_FROM = "Process"
PLANT_FROM_FILES = "Files of your own"
PLANT_CHOOSE = "Choose one"
PLANT_TAKE = "Take it"
PLANT_WOULD = "**It would change {count}:**"
PLANT_FILES = "The files of a process, or a .zip of them"
PLANT_FILES_NAME = "What the process is called"
PLANT_FILES_SAYS = (
    "The process in force as CSV files, to keep, to change in a spreadsheet, or for another plant."
)
PLANT_FILES_BUTTON = "This process as files (.zip)"
PLANT_NEW = "A new {thing}"
PLANT_CHANGE = "Change a {thing}, or add one"
PLANT_WHICH = "Which"
PLANT_SAVE = "Save"
PLANT_RETIRE = "Retire it"
PLANT_TITLE = "Plant"
PLANT_PROCESS = "Process {name}, version {version}. {why}"
PLANT_THERE_IS_ONE = "There is one like that already. Choose it above."
PLANT_NO = "No"
PLANT_YES = "Yes"
PLANT_WHATEVER = "Whatever comes"
PLANT_NONE = "None"
PLANT_SERVES_ALL = "whatever comes"
PLANT_CCP = "CCP"
PLANT_ALL_LOTS = "all lots"
PLANT_HOURS = ": {hours} h"
PLANT_SPAN = "{low} to {high}"
