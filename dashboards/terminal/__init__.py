"""The `lotline` command: the plant from a terminal."""
