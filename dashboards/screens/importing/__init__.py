"""The parts of the import screen: files opened, columns chosen, what would come in, the import."""
