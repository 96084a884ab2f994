"""One lot, opened on the lots screen: what is known of it, and the forms that act on it."""
