"""The plain pages that the front door itself shows: what is missing, and the way on."""

from html import escape

from starlette.responses import HTMLResponse, Response

NO_SUCH_PAGE = "There is no such page"
SIGN_IN_FIRST = "Sign in to Lotline first, then open this page again"
DAGSTER_AWAY = "Dagster is starting, or doesn't run. Try again in half a minute"
STYLE = "body{font:18px system-ui,sans-serif;margin:4rem;color:#14201d}"


def page(says: str, status: int) -> Response:
    """Make a page of one sentence with the way to the app."""
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(says)}</title>'
        f"<style>{STYLE}</style><h1>{escape(says)}</h1>"
        '<p><a href="/">Go to Lotline</a></p></html>',
        status,
    )
