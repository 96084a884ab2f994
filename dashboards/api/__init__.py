"""The JSON API under /api: five endpoints over the same commands as every other face."""
