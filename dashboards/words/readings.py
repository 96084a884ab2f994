"""What people read on the screen of readings, in the language they read."""

# ruff: noqa: F401, F403 - what is imported here is what others read from here

from dashboards.words.english.readings import *
