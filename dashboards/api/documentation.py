"""The API's own description, for programs and as one page that fetches nothing.

Told to whoever is signed in, by token or on a screen: strangers learn no paths.
"""

import json
from html import escape
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse

from dashboards.api.access import counted, signed_in_anywhere

STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;
color:#14201d;background:#fff}h2{border-top:1px solid #c9d6d2;padding-top:1rem}
code,pre{font-family:ui-monospace,monospace;background:#eef3f1;border-radius:4px}
code{padding:.1rem .3rem}pre{padding:.8rem;overflow:auto}a{color:#0b5d52}
table{border-collapse:collapse}td{padding:.1rem 1rem .1rem 0;vertical-align:top}
@media(prefers-color-scheme:dark){body{color:#e6efec;background:#0f1716}
code,pre{background:#1b2725}a{color:#5cc6b4}h2{border-color:#33433f}}
"""
INTRODUCTION = (
    "POST /api/login gives a token; send it as <code>Authorization: Bearer …</code>. "
    'For programs: <a href="openapi.json">openapi.json</a>.'
)


def install(api: FastAPI) -> None:
    """Serve the description at /docs and /openapi.json of an application."""
    reader = [Depends(counted), Depends(signed_in_anywhere)]

    @api.get("/docs", include_in_schema=False, dependencies=reader)
    def docs() -> HTMLResponse:
        return HTMLResponse(page(api.openapi()))

    @api.get("/openapi.json", include_in_schema=False, dependencies=reader)
    def openapi() -> dict[str, Any]:
        return api.openapi()


def page(description: dict[str, Any]) -> str:
    """Write an OpenAPI description as HTML."""
    operations = [
        _operation(method, path, operation)
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = [
        f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{escape(schema.get("description", ""))}</p>'
        f"<pre>{escape(json.dumps(schema.get('properties', schema), indent=1))}</pre>"
        for name, schema in description.get("components", {}).get("schemas", {}).items()
    ]
    title = escape(f"{description['info']['title']} API")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style><h1>{title}</h1><p>{INTRODUCTION}</p>"
        f"{''.join(operations)}<h2>Bodies</h2>{''.join(schemas)}</html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    """Write one endpoint: what it does, what it takes and what it answers."""
    content = operation.get("requestBody", {}).get("content", {})
    takes = [_body_link(kind) for kind in content.values()]
    gives = [
        f"<tr><td>{escape(status)}</td><td>{escape(answer['description'])}</td><td>"
        + "".join(_body_link(kind) for kind in answer.get("content", {}).values())
        + "</td></tr>"
        for status, answer in operation["responses"].items()
    ]
    return (
        f"<h2><code>{method.upper()} /api{escape(path)}</code></h2>"
        f"<p>{escape(operation.get('description', ''))}</p>"
        + (f"<p>Takes {''.join(takes)}</p>" if takes else "")
        + f"<table>{''.join(gives)}</table>"
    )


def _body_link(kind: dict[str, Any]) -> str:
    """Link to the body a content type carries."""
    name = str(kind.get("schema", {}).get("$ref", "")).rpartition("/")[2]
    return f'<a href="#{escape(name)}">{escape(name)}</a>' if name else ""
