"""The parts of the screen of master data: what it saves and how it draws a row."""
