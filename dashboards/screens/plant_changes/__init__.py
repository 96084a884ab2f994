"""Parts of the screen of the plant's process."""
