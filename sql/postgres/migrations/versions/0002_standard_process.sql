-- The process a plant starts with: ten phases, nine gates and their limits (sql/domain.md, Lots, links
-- and movements of mass).

insert into phases (phase_id, stream, name_en, name_hu) values
(1, 'A', 'Receipt', 'Átvétel'),
(2, 'A', 'Deboning', 'Csontozás'),
(3, 'A', 'Bulk buffer', 'Bulk puffer'),
(4, 'B', 'Mixing', 'Keverés'),
(5, 'B', 'Skewering', 'Nyársalás'),
(6, 'B', 'SKU split', 'SKU szétválasztás'),
(7, 'C', 'Freezing', 'Fagyasztás'),
(8, 'C', 'Packaging', 'Csomagolás'),
(9, 'C', 'Palletising', 'Raklapozás'),
(10, 'C', 'Shipment', 'Kiszállítás');

insert into qc_gates
(gate_number, phase_id, lot_type, name_en, name_hu, gate_type, is_ccp, checklist)
values
(
    1, 1, 'RAW', 'Receipt', 'Átvétel', 'CHECKPOINT', true,
    '[{"en": "Surface temperature 4 °C or colder", "hu": "Felületi hőmérséklet legfeljebb 4 °C"},
      {"en": "Delivery note and certificate agree", "hu": "A szállítólevél és a bizonylat egyezik"},
      {"en": "Looks and smells right", "hu": "Külleme és szaga megfelelő"},
      {"en": "Packaging intact", "hu": "Ép csomagolás"}]'
),
(
    3, 2, 'DEB', 'Deboning', 'Csontozás', 'CHECKPOINT', false,
    '[{"en": "No bone or foreign matter", "hu": "Nincs csont vagy idegen anyag"},
      {"en": "Waited at most 2 h", "hu": "Legfeljebb 2 órát várt"},
      {"en": "Yield plausible", "hu": "A kihozatal hihető"}]'
),
(
    4, 3, 'BULK', 'Bulk readiness', 'Bulk készenlét', 'CHECKPOINT', false,
    '[{"en": "One species in the container", "hu": "Egy állatfaj a tárolóban"},
      {"en": "Container clean and labelled", "hu": "A tároló tiszta és címkézett"},
      {"en": "4 °C or colder", "hu": "Legfeljebb 4 °C"}]'
),
(
    5, 4, 'MIX', 'Mix', 'Keverés', 'CHECKPOINT', false,
    '[{"en": "Weighed as the recipe says", "hu": "A recept szerint mérve"},
      {"en": "4 °C or colder", "hu": "Legfeljebb 4 °C"},
      {"en": "Mixed 40 min or longer", "hu": "Legalább 40 perc keverés"}]'
),
(
    6, 5, 'SKW', 'Skewer weight', 'Nyárstömeg', 'CHECKPOINT', false,
    '[{"en": "Rod within 0.25 kg of its target", "hu": "A rúd 0,25 kg-on belül a céltól"},
      {"en": "Today''s mix only", "hu": "Csak a mai keverék"}]'
),
(
    6.5, 6, null, 'SKU split', 'SKU szétválasztás', 'INFO', false,
    '[{"en": "15 kg and 30 kg rods on separate trolleys", "hu": "A 15 és 30 kg-os rudak külön kocsin"}]'
),
(
    7, 7, 'FRZ', 'Freeze', 'Fagyasztás', 'CHECKPOINT', true,
    '[{"en": "Worst probe -18 °C or colder", "hu": "A legmelegebb szonda legfeljebb -18 °C"},
      {"en": "One SKU in the cycle", "hu": "Egy SKU a ciklusban"}]'
),
(
    8, 8, 'FG', 'Final release', 'Végső felszabadítás', 'BLOCKING', false,
    '[{"en": "Label: lot, date, SKU, weight", "hu": "Címke: tétel, dátum, SKU, tömeg"},
      {"en": "Seal tight", "hu": "A zárás tömör"},
      {"en": "Metal detector passed", "hu": "Fémdetektor rendben"},
      {"en": "All earlier gates passed", "hu": "Minden korábbi kapu rendben"}]'
),
(
    10, 10, null, 'Shipment', 'Kiszállítás', 'CHECKPOINT', true,
    '[{"en": "Load -18 °C or colder", "hu": "A rakomány legfeljebb -18 °C"},
      {"en": "Documents complete", "hu": "A dokumentumok hiánytalanok"}]'
);

insert into gate_limits (gate_id, characteristic, unit, lower_bound, upper_bound)
select
    gates.gate_id,
    bounds.characteristic,
    bounds.unit,
    bounds.lower_bound,
    bounds.upper_bound
from (
    values
    (1, 'surface_temperature', 'C', null::numeric, 4),
    (3, 'wip_time', 'h', null, 2),
    (4, 'temperature', 'C', null, 4),
    (5, 'mix_temperature', 'C', null, 4),
    (5, 'mix_time', 'min', 40, null),
    (7, 'core_temperature', 'C', null, -18),
    (10, 'load_temperature', 'C', null, -18)
) as bounds (gate_number, characteristic, unit, lower_bound, upper_bound)
inner join qc_gates as gates on bounds.gate_number = gates.gate_number;
