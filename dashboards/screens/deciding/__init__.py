"""Deciding about lots: which gate a lot is decided at, and what saving the form does."""
