"""Which lot is meant: headings of columns, and what is said where a code may name several."""

IDENTITY_COLUMNS = {
    "printed_code": "Printed code",
    "former_code": "Code until then",
    "renamed_at": "Renamed",
    "renamed_by": "Renamed by",
    "parent_lot_code": "From lot",
    "parent_product_code": "From product",
    "child_lot_code": "Into lot",
    "child_product_code": "Into product",
}

PRINTED_LABEL = "Code on its label, where that is another"
PRINTED_HELP = (
    "What the label of the goods says, where that isn't the lot's own code; tables call it the "
    "printed code. Other labels may say it too. The lot is found by either."
)
PRINTED_MEANS_MANY = (
    "{code} may mean more than one lot: {lots}. It is printed on labels, and what is printed may "
    "repeat. Type the short code of the label you hold: {labels}."
)
