"""What plants call tables and columns, in English, Hungarian and German.

A heading stands under the column it means wherever that column is; under `table.column` where it
means it in that table only.
"""

TABLES: dict[str, tuple[str, ...]] = {
    "products": ("product", "articles", "items", "termékek", "cikkek", "cikktörzs", "termék")
    + ("produkte", "artikel", "artikelstamm", "materials"),
    "partners": ("partner", "suppliers and customers", "partnerek", "ügyfelek", "partnertörzs")
    + ("geschäftspartner", "adressen"),
    "production_runs": ("runs", "production runs", "production orders", "gyártások", "futások")
    + ("gyártási rendelések", "produktionsläufe", "fertigungsaufträge", "aufträge"),
    "lots": ("lot", "batches", "tételek", "tétel", "sarzsok", "gyártási tételek", "lose")
    + ("chargen", "charge", "partien"),
    "productions": ("production", "production events", "termelések", "termelési események")
    + ("produktionen", "herstellungen"),
    "production_inputs": ("production input", "inputs", "termelési bemenetek", "bemenetek")
    + ("einsätze", "einsatzstoffe"),
    "production_outputs": ("production output", "outputs", "termelési kimenetek", "kimenetek")
    + ("ausbringungen", "erzeugnisse"),
    "genealogy": ("links", "lot genealogy", "consumption", "usage", "származás", "felhasználás")
    + ("tételkapcsolatok", "kapcsolatok", "genealógia", "verwendung", "verbrauch", "stammbaum")
    + ("chargenverwendung",),
    "readings": ("reading", "measurements", "lab results", "results", "mérések", "mérési adatok")
    + ("laboreredmények", "messwerte", "messungen", "laborwerte"),
    "qc_decisions": ("decisions", "qc", "quality decisions", "döntések", "minőségi döntések")
    + ("minősítések", "entscheidungen", "qs entscheidungen", "freigaben"),
    "shipments": ("shipment", "deliveries", "dispatches", "kiszállítások", "szállítások")
    + ("szállítmányok", "lieferungen", "versand", "auslieferungen"),
    "movements": ("movement", "stock movements", "mozgások", "készletmozgások", "bewegungen")
    + ("lagerbewegungen",),
    "places": ("place", "locations", "stores", "helyek", "tárhelyek", "lagerorte"),
    "moves": ("move", "transfers", "relocations", "áttárolások", "umlagerungen"),
    "packings": ("packing", "pallets", "logistic units", "csomagolás", "raklapok", "rakatok")
    + ("paletten", "packstücke", "verpackung"),
}
COLUMNS: dict[str, tuple[str, ...]] = {
    "product_code": ("product", "item", "item code", "article", "article number", "material")
    + ("sku", "termékkód", "termék", "cikkszám", "cikk", "artikelnummer", "artikel")
    + ("produktcode", "materialnummer"),
    "name": ("description", "név", "megnevezés", "elnevezés", "bezeichnung", "benennung"),
    "products.name": ("product name", "item name", "terméknév", "cikknév", "artikelname"),
    "partners.name": ("partner name", "company", "partner neve", "cégnév", "firma", "firmenname"),
    "storage_class": ("storage", "kept", "tárolás", "tárolási mód", "lagerung", "lagerart"),
    "gtin": ("ean", "ean code", "barcode", "vonalkód", "ean kód", "strichcode"),
    "partner_code": ("partner", "code", "partnerkód", "kód", "partnernummer", "nummer")
    + ("customer number", "supplier number"),
    "role": ("type", "kind", "szerep", "szerepkör", "típus", "rolle", "art"),
    "gln": ("gln code", "gln kód", "iln"),
    "address": ("cím", "adresse", "anschrift"),
    "phone": ("telephone", "phone number", "telefon", "telefonszám", "telefonnummer"),
    "email": ("e-mail", "mail", "e-mail address", "e-mail cím", "e-mail-adresse"),
    "run_code": ("run", "production run", "production order", "order", "futás", "gyártás")
    + ("gyártási rendelés", "produktionslauf", "fertigungsauftrag", "auftrag"),
    "status": ("state", "állapot", "státusz", "zustand"),
    "daily_target_kg": ("daily target", "target", "napi cél", "napi terv", "tagesziel"),
    "started_at": ("start", "started", "kezdet", "kezdete", "beginn"),
    "ended_at": ("end", "ended", "vége", "befejezés", "ende"),
    "lot_code": ("lot", "lot number", "lot no", "batch", "batch number", "batch no", "tétel")
    + ("tételszám", "tételkód", "sarzs", "sarzsszám", "los", "losnummer", "charge")
    + ("chargennummer", "chargennr", "partie"),
    "lots.lot_code": ("code", "kód", "nummer"),
    "lot_type": ("type", "lot kind", "stage", "típus", "tételtípus", "lottyp", "typ", "losart"),
    "weight_kg": ("weight", "net weight", "quantity", "kg", "súly", "tömeg", "nettó súly")
    + ("mennyiség", "gewicht", "nettogewicht", "menge"),
    "happened_at": ("time", "date", "date and time", "when", "at", "timestamp", "időpont", "idő")
    + ("dátum", "mikor", "zeit", "zeitpunkt", "datum", "datum und zeit"),
    "lots.happened_at": ("made at", "produced at", "production date", "received at")
    + ("gyártás ideje", "gyártva", "gyártási idő", "készült", "hergestellt am")
    + ("produktionsdatum",),
    "readings.happened_at": ("measured at", "mérés ideje", "gemessen am"),
    "qc_decisions.happened_at": ("decided at", "döntés ideje", "entschieden am"),
    "shipments.happened_at": ("shipped at", "dispatch date", "kiszállítva", "szállítás ideje")
    + ("versanddatum", "lieferdatum"),
    "production_code": ("production", "event", "termelés", "termelés kódja", "esemény")
    + ("produktion", "vorgang"),
    "place_code": ("to place", "to location", "location code", "helykód", "hova", "lagerort")
    + ("nach lagerort",),
    "from_place_code": ("from place", "from location", "honnan", "von lagerort"),
    "site_code": ("site", "telephely", "standort"),
    "is_retired": ("retired", "out of use", "megszűnt", "stillgelegt"),
    "place": ("line", "vat", "location", "hely", "sor", "gépsor", "ort", "linie"),
    "waste_kg": ("waste", "loss", "hulladék", "veszteség", "abfall", "verlust"),
    "movements.kind": ("movement type", "mozgásnem", "mozgás", "bewegungsart"),
    "reason": ("why", "ok", "indok", "grund"),
    "kind": ("output kind", "product kind", "fajta", "jelleg", "produktart"),
    "supplier_code": ("supplier", "vendor", "szállító", "beszállító", "szállítókód")
    + ("beszállítókód", "lieferant", "lieferantennummer"),
    "supplier_lot_code": ("supplier lot", "supplier's lot", "vendor lot", "supplier batch")
    + ("szállítói tétel", "beszállítói tétel", "szállítói tételszám", "lieferantencharge")
    + ("lieferantenlos",),
    "printed_code": ("printed", "label code", "code on label", "címkekód", "nyomtatott kód")
    + ("etikettcode", "aufgedruckter code"),
    "parent_product_code": ("parent product", "from product", "input product", "input sku"),
    "child_product_code": ("child product", "into product", "output product", "output sku"),
    "temperature_c": ("temperature", "temp", "hőmérséklet", "hőfok", "temperatur"),
    "expires_on": ("expiry", "expiry date", "use by", "best before", "bbd", "lejárat")
    + ("lejárati dátum", "minőségét megőrzi", "fogyasztható", "mhd", "haltbar bis")
    + ("verfallsdatum", "mindesthaltbarkeitsdatum"),
    "metadata": ("more", "remarks json", "egyéb adatok", "zusatzdaten"),
    "parent_lot_code": ("parent", "parent lot", "from", "from lot", "used lot", "input lot")
    + ("component lot", "szülő", "szülő tétel", "felhasznált tétel", "miből", "von", "aus")
    + ("eingangslos", "verwendete charge", "elterncharge", "vorgänger"),
    "child_lot_code": ("child", "child lot", "to", "into", "into lot", "output lot", "made lot")
    + ("gyerek", "gyermek tétel", "készült tétel", "mibe", "nach", "in", "ausgangslos")
    + ("hergestellte charge", "kindcharge", "nachfolger"),
    "quantity_kg": ("quantity", "qty", "amount", "weight", "kg", "mennyiség", "súly", "tömeg")
    + ("menge", "gewicht"),
    # Kilograms where a file has no unit beside it.
    "quantity": ("qty", "amount", "mennyiség", "menge"),
    "kg_per_unit": ("kg per unit", "unit weight", "weight per unit", "egységsúly", "stückgewicht"),
    "source_key": ("key", "source", "kulcs", "forráskulcs", "schlüssel"),
    "expiry_reason": ("reason", "why after expiry", "indok", "indoklás", "begründung", "grund"),
    "characteristic": ("test", "parameter", "measured", "jellemző", "vizsgálat", "paraméter")
    + ("merkmal", "prüfmerkmal"),
    "value": ("result", "reading", "érték", "eredmény", "mért érték", "wert", "ergebnis")
    + ("messwert",),
    "unit": ("uom", "unit of measure", "egység", "mértékegység", "me", "einheit", "masseinheit"),
    "gate_number": ("gate", "qc gate", "kapu", "kapuszám", "ellenőrzési pont", "prüfpunkt"),
    "decision": ("verdict", "döntés", "minősítés", "entscheidung", "befund"),
    "notes": ("note", "remark", "comment", "megjegyzés", "jegyzet", "bemerkung", "notiz"),
    "decided_by": ("by", "who", "decided", "döntött", "ki döntött", "minősítette")
    + ("entschieden von", "prüfer"),
    "shipment_code": ("shipment", "shipment number", "delivery", "delivery number", "szállítmány")
    + ("kiszállítás", "szállítás", "lieferung", "liefernummer"),
    "customer_code": ("customer", "ship to", "consignee", "vevő", "vevőkód", "ügyfél", "kunde")
    + ("kundennummer", "empfänger"),
    "document": ("delivery note", "document number", "bizonylat", "szállítólevél", "beleg")
    + ("lieferschein",),
    "packings.kind": ("put in or taken out", "be vagy ki", "ein oder aus"),
    "inner_sscc": (
        "inner unit",
        "case",
        "inner pallet",
        "belső egység",
        "karton",
        "innere einheit",
    ),
    "sscc": ("pallet", "pallet number", "raklap", "raklapszám", "palette", "nve"),
}
