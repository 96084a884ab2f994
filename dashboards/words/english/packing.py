"""What the screen of packing says, in English."""

TITLE = "Packing"
UNIT = "Unit (SSCC)"
UNIT_HELP = "Scan the label of the pallet or case, or type its 18 digits"
UNIT_FIRST = "Scan or type a unit's SSCC, or choose one below."
NOT_PACKER = (
    "Your role reads what is packed. An operator, manager or administrator packs and ships."
)
INSIDE = "In unit {sscc}"
NOTHING_INSIDE = "Nothing is packed in this unit."
STANDS_ON = "It stands on unit {sscc}."
SHIPPED = "It left with shipment {shipment} to {customer}."
PACK_LOT = "Put a lot in"
LOT = "Lot code or label"
KG = "Kilograms (empty: nobody weighed it)"
PACK_UNIT = "Put a unit in"
INNER = "SSCC of the unit that goes in"
TAKE_OUT = "Take out"
WHAT = "What is taken out"
TAKE_KG = "Kilograms (empty: all of it)"
SHIP = "Ship the unit"
SHIP_CAPTION = "All its lots leave with one shipment, or none where one of them may not leave."
SHIPMENT_CODE = "Shipment code"
CUSTOMER = "Customer"
CHOOSE = "Choose one"
DOCUMENT = "Delivery note"
VOID = "Void an entry"
VOID_CAPTION = "For what was recorded by mistake. It stays readable, with the reason."
ENTRY = "Entry"
PACKED_LOT = "{what} is in unit {sscc}."
TAKEN_OUT = "{what} is taken out of unit {sscc}."
UNIT_SHIPPED = "Unit {sscc} is shipped with shipment {shipment}."
VOIDED = "The entry is voided."
RECORDED = "Already saved. "
CHOOSE_FIRST = "Choose {what} first."
UNITS = "Units packed last"
SEARCH = "Find by part of an SSCC"
NO_UNITS = "No unit is packed. Scan one above."
SHOWN_FIRST = "The newest {count} are shown; search for an older one."
KINDS = {"PACKED": "Put in", "UNPACKED": "Taken out"}
UNIT_NAMED = "Unit {sscc}"
LOT_NAMED = "Lot {code}"
OF_LOT = "Packed in units"
OF_IT_PACKED = "{kilograms} of it packed"
OF_IT_UNWEIGHED = "unweighed in {count:,} of its units"
KEEPS = "It can't leave as it is, for {lots}."
EXPIRED = "expired"
TRACED_UNITS = "In which pallets and cases"
TRACED_CSV = "Units as CSV"
NO_TRACED_UNITS = "By the record nothing of these lots was packed in a unit."
UNITS_HERE = "Packed here in {count}; to find on the floor: {floor:,}."
UNITS_LEFT = "{count} left the plant."
UNITS_TO_FIND = "Units to find here: {units}"
UNITS_MORE = ", and {count:,} more"
PACKING_COLUMNS = {
    "outermost_sscc": "On the floor as",
    "left_at": "Left",
    "units_here": "In units here",
    "units_left": "Units that left",
    "inner_sscc": "Unit in it (SSCC)",
    "packed_at": "Packed",
    "stands_on": "Stands on",
    "lot_codes": "Lot codes",
}
