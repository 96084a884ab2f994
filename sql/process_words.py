"""Words of a plant's process that Python and SQL share; check constraints hold the same lists."""

from enum import StrEnum


class LotOrigin(StrEnum):
    """How lots of a type come to be: from a supplier, made here, or made to leave the plant."""

    RECEIVED = "RECEIVED"
    MADE = "MADE"
    FINISHED = "FINISHED"


class StorageClass(StrEnum):
    """How a product is kept; limits may be for one class of them."""

    CHILLED = "CHILLED"
    FROZEN = "FROZEN"
    AMBIENT = "AMBIENT"
    HOT = "HOT"


class ProcessRule(StrEnum):
    """What a process may ask of lots across links, pallets and days, and of a PASS."""

    ONE_PRODUCT = "ONE_PRODUCT"
    ONE_SPECIES = "ONE_SPECIES"
    SAME_DAY = "SAME_DAY"
    LONGEST_WAIT = "LONGEST_WAIT"
    PALLET_OF_ONE_PRODUCT = "PALLET_OF_ONE_PRODUCT"
    PALLET_OF_ONE_CUSTOMER = "PALLET_OF_ONE_CUSTOMER"
    PASS_NEEDS_VALUES = "PASS_NEEDS_VALUES"


class ProcessSetting(StrEnum):
    """Numbers that a process says of the whole plant."""

    LIGHTEST_KG = "lightest_kg"
    HEAVIEST_KG = "heaviest_kg"
    COLDEST_C = "coldest_c"
    WARMEST_C = "warmest_c"
