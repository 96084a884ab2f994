"""What a request's headers say, how many they are and whose page asks; and its body, bounded."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

MOST_HEADERS = 100
LARGEST_HEADERS_BYTES = 32_768


def has_too_many_headers(scope: Scope) -> bool:
    """Tell whether no honest client sends so many headers, or such large ones."""
    headers = scope["headers"]
    size = sum(len(name) + len(value) for name, value in headers)
    return len(headers) > MOST_HEADERS or size > LARGEST_HEADERS_BYTES


def is_own_origin(scope: Scope) -> bool:
    """Tell whether no page asks, or one of this very server."""
    headers = Headers(scope=scope)
    given = headers.getlist("origin")
    if not given:
        return True
    try:
        origin = urlsplit(given[0])
    except ValueError:
        return False
    return (
        len(given) == 1
        and origin.scheme in ("http", "https")
        and origin.netloc.lower() == headers.get("host", "").lower()
    )


def is_navigation(headers: Headers) -> bool:
    """Tell whether a person opens a page, rather than a page asking for more by itself."""
    return headers.get("sec-fetch-mode", "navigate") == "navigate"


def is_asked_by_own_page(headers: Headers, method: str) -> bool:
    """Tell whether no other site's page asks, not even by a picture or a frame.

    A link on another page may be followed; the browser keeps our cookie to itself then.
    """
    if headers.get("sec-fetch-site", "none") in ("same-origin", "none"):
        return True
    is_opened = headers.get("sec-fetch-dest") == "document" and is_navigation(headers)
    return is_opened and method in ("GET", "HEAD")


def without_port(host: str) -> str:
    """Read a Host header's name, an IPv6 address with its brackets."""
    return re.sub(r":\d*$", "", host.strip().lower())


async def body_up_to(request: Request, largest_bytes: int) -> bytes:
    """Read a body; of one that is longer, a little more than the largest that is understood."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > largest_bytes:
            break
    return body
