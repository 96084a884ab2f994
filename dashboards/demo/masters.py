"""What the demo plant is made of: products, partners, and which supplier brings what.

Everything here is fiction; the identifiers only have valid check digits.
"""

SITE_CODE = "DUNA"
COMPANY_PREFIX = "5991234"
SKUS = {"CHICKEN": {30: "CHK30", 15: "CHK15"}, "TURKEY": {30: "TUR30", 15: "TUR15"}}
MEATS = {"CHICKEN": ["CHK-LEG", "CHK-BREAST"], "TURKEY": ["TUR-THIGH", "TUR-BREAST"]}
MEAT_SUPPLIERS = {"CHICKEN": ["S-ALFOLD", "S-BAKONY", "S-MECSEK"], "TURKEY": ["S-TISZA", "S-ZALA"]}
SPICE_SUPPLIERS = {
    "SPICE-PAPRIKA": "S-KALOCSA",
    "SPICE-CUMIN": "S-ORIENT",
    "SPICE-SALT": "S-SOMOGY",
    "SPICE-GARLIC": "S-KALOCSA",
}
CUSTOMERS = ["C-BUDA", "C-PEST", "C-GYOR", "C-SZEGED", "C-WIEN", "C-BRNO", "C-GRAZ"]
GATES = {"RAW": 1, "DEB": 3, "BULK": 4, "MIX": 5, "SKW": 6, "FRZ": 7, "FG": 8}
PRODUCTS = {
    "CHK15": "Chicken kebab rod 15 kg",
    "CHK30": "Chicken kebab rod 30 kg",
    "TUR15": "Turkey kebab rod 15 kg",
    "TUR30": "Turkey kebab rod 30 kg",
    "CHK-LEG": "Chicken leg, bone in",
    "CHK-BREAST": "Chicken breast, bone in",
    "TUR-THIGH": "Turkey thigh, bone in",
    "TUR-BREAST": "Turkey breast, bone in",
    "DEB-CHICKEN": "Chicken, deboned",
    "DEB-TURKEY": "Turkey, deboned",
    "BULK-CHICKEN": "Chicken, bulk buffer",
    "BULK-TURKEY": "Turkey, bulk buffer",
    "MIX-CHICKEN": "Chicken kebab mix",
    "MIX-TURKEY": "Turkey kebab mix",
    "SPICE-PAPRIKA": "Paprika, sweet, ground",
    "SPICE-CUMIN": "Cumin, ground",
    "SPICE-SALT": "Salt and curing blend",
    "SPICE-GARLIC": "Garlic, granulated",
    "RAW-BEEF": "Beef, boneless",
    "SPICE-DONER": "Doner spice blend",
    "MIX-BEEF": "Beef doner mix",
    "DONER-BEEF": "Beef doner, finished",
}
SELLABLE = ["CHK15", "CHK30", "TUR15", "TUR30", "DONER-BEEF"]
PARTNERS = [
    (SITE_CODE, "SITE", "Duna Kebab Kft.", "1 Minta rakpart, 2400 Dunaminta, HU", "duna.example"),
    ("S-ALFOLD", "SUPPLIER", "Alföldi Minta Baromfi Kft.", "12 Fő út, Mintahalom, HU", "alfold"),
    ("S-BAKONY", "SUPPLIER", "Bakonyalja Csirke Bt.", "3 Erdő sor, Bakonyminta, HU", "bakony"),
    ("S-MECSEK", "SUPPLIER", "Mecsekvölgyi Szárnyas Zrt.", "8 Völgy út, Mecsekminta, HU", "mecsek"),
    ("S-TISZA", "SUPPLIER", "Tiszakanyar Pulyka Kft.", "21 Gát utca, Tiszaminta, HU", "tisza"),
    ("S-ZALA", "SUPPLIER", "Zalamenti Pulykahús Kft.", "5 Domb utca, Zalaminta, HU", "zala"),
    ("S-KALOCSA", "SUPPLIER", "Pirosarany Fűszer Kft.", "2 Paprika tér, Pirosminta, HU", "piros"),
    ("S-ORIENT", "SUPPLIER", "Keleti Illat Fűszerház", "14 Bazár utca, Keletminta, HU", "keleti"),
    ("S-SOMOGY", "SUPPLIER", "Sóhíd Adalék Bt.", "7 Híd utca, Sóminta, HU", "sohid"),
    ("C-BUDA", "CUSTOMER", "Budai Nyárs Nagyker", "40 Hegy út, 1000 Budaminta, HU", "budanyars"),
    ("C-PEST", "CUSTOMER", "Pesti Gyors Büfélánc", "9 Tér utca, 1000 Pestminta, HU", "pestigyors"),
    ("C-GYOR", "CUSTOMER", "Kisalföld Fagyasztott Kft.", "33 Rába sor, Rábaminta, HU", "kisalfold"),
    ("C-SZEGED", "CUSTOMER", "Napfény Gasztro Kft.", "6 Nap utca, Napminta, HU", "napfeny"),
    ("C-WIEN", "CUSTOMER", "Musterspieß Handels GmbH", "18 Musterweg, 1000 Wien, AT", "spiess"),
    ("C-BRNO", "CUSTOMER", "Vzorový Kebab s.r.o.", "4 Vzorová, 600 00 Brno, CZ", "vzorovy"),
    ("C-GRAZ", "CUSTOMER", "Steirische Drehspieß OG", "27 Probegasse, 8000 Graz, AT", "drehspiess"),
]
