"""The parts of the screen of packing: what is in a unit, the forms that change it, and the list."""
