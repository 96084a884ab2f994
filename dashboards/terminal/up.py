"""`lotline up`: the whole plant until Ctrl-C."""

import sys

import click

from dashboards.terminal.saying import say
from sql.settings import settings

MOVED = "Dagster's pages are behind the app's sign-in now; --dagster-port opens nothing any more."


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8501, show_default=True, help="The app, the API, Dagster's pages.")
@click.option("--dagster-port", type=int, help="Opens nothing any more; kept for old scripts.")
@click.option("--empty", is_flag=True, help="Don't load the demo plant.")
@click.option(
    "--process",
    help="Of an empty plant: its process, by a template's name (bakery, blank, dairy, kebab, "
    "sauces) or a folder.",
)
def up(host: str, port: int, dagster_port: int | None, empty: bool, process: str | None) -> None:
    """Serve the app, the API and the pipeline until Ctrl-C."""
    from dashboards.serving.supervisor import bring_up

    if dagster_port is not None:
        say(MOVED)
    if process is not None and not empty:
        raise click.UsageError("--process is for an empty plant: give --empty too.")
    sys.exit(bring_up(settings(), host=host, port=port, empty=empty, process=process, say=say))
