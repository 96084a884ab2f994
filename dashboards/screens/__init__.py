"""Screens, one file each: act in the callback, then draw what is true now."""
