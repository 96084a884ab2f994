"""What people read around every screen; see `dashboards.words`."""

# ruff: noqa: F401 - what is imported here is what others read from here

from dashboards.words.english.navigation import APP_NAME, PIPELINE, SIGN_OUT
