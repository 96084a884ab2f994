"""What people read about products, partners and production runs."""

from sql.process_words import StorageClass
from sql.vocabulary import PartnerRole, RunStatus

MASTER_TITLE = "Master data"
MASTER_TABS = {"products": "Products", "partners": "Partners", "production_runs": "Runs"}
MASTER_NEW = {
    "products": "Add a product",
    "partners": "Add a partner",
    "production_runs": "Open a run",
}
MASTER_ADD = {
    "products": "Add product",
    "partners": "Add partner",
    "production_runs": "Open run",
}
MASTER_CHANGE = "Change {code}"
MASTER_SAVE = "Save the change"
MASTER_CLOSE = "Close run {code}"
MASTER_CLOSE_SAVE = "Close the run"
MASTER_HISTORY = "History of {code}"
MASTER_CHOOSE = "History of"
MASTER_CHOOSE_TO_CHANGE = "Change, and see the history of"
MASTER_PLACEHOLDER = "Choose one, or tick it in the list"
MASTER_NONE = "Nothing is kept here yet. Add the first above, or bring in a file on Import."
MASTER_NO_MATCH = "Nothing matches. Search for less."
MASTER_CAPPED = "{shown} of {found} are shown. Search for part of a code or name to see the others."
MASTER_SEARCH = "Part of a code or name"
MASTER_READS = "Your role reads master data. A manager or administrator changes it."
MASTER_KEPT = "Every value as it should read. What was written stays in the history."
PLANT_NOT_RECORDED = "not recorded: add it on Master data as a partner that is an own site"
MASTER_ROLE_HELP = (
    "An own site is a plant of yours. Papers of a trace name each: add this plant so, with its "
    "address."
)
MASTER_REASON = "Reason, 10 characters or more (asked for once a lot or shipment names it)"
MASTER_ADDED = "{code} is in the record."
MASTER_CHANGED = "{code} is changed; what it was stays in its history."
MASTER_CLOSED = "Run {code} is closed."
MASTER_FIRST = "registered"
MASTER_OFFERED = {False: "offered", True: "retired"}
MASTER_BY_IMPORT = "an import"
MASTER_DAY_ALONE = "{what}: a day stands without a time. Type the time too, or neither."

MASTER_FIELDS = {
    "product_code": "Product's code",
    "partner_code": "Partner's code",
    "run_code": "Run's code",
    "name": "Name",
    "gtin": "GTIN (empty: none)",
    "unit": "Counted in (empty: kilograms)",
    "kg_per_unit": "Kilograms a unit (empty: unknown)",
    "role": "It is a",
    "gln": "GLN (empty: none)",
    "address": "Address",
    "phone": "Phone",
    "email": "E-mail",
    "status": "Status",
    "daily_target_kg": "Target a day, kg (empty: none)",
    "storage_class": "Kept",
    "is_retired": "Retired: forms offer it no more",
    "started_at": "Started",
    "ended_at": "Ended",
}
MASTER_COLUMNS = {
    "gtin": "GTIN",
    "kg_per_unit": "Kg a unit",
    "kept_as": "Kept",
    "offered": "Offered",
    "run_code": "Run",
    "partner_code": "Partner",
    "roles": "Is a",
    "run_status": "Status",
    "postal_address": "Address",
    "gln": "GLN",
    "daily_target_kg": "Target a day, kg",
    "started_at": "Started",
    "ended_at": "Ended",
}
MASTER_DAY = "{what}: day"
MASTER_TIME = "{what}: time"
MASTER_NOW = "{what} (empty: now)"
# To a manager, of what happened before.
RETIRED_CHOICE = "{name} (retired)"
MASTER_SEVERAL = "Choose one or several"
MASTER_NOBODY_SAID = "Nobody said"

PARTNER_ROLES: dict[str, str] = {
    PartnerRole.SUPPLIER: "supplier",
    PartnerRole.CUSTOMER: "customer",
    PartnerRole.SITE: "own site",
}
STORAGE_CLASSES: dict[str, str] = {
    StorageClass.CHILLED: "chilled",
    StorageClass.FROZEN: "frozen",
    StorageClass.AMBIENT: "ambient",
    StorageClass.HOT: "hot",
}
RUN_STATUSES: dict[str, str] = {
    RunStatus.ACTIVE: "open",
    RunStatus.COMPLETED: "completed",
    RunStatus.CANCELLED: "cancelled",
}
