"""`lotline up`: the whole plant until Ctrl-C."""

import sys

import click

from sql.settings import settings


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8501, show_default=True, help="The app and the API.")
@click.option("--dagster-port", default=3000, show_default=True, help="Dagster's pages.")
@click.option("--empty", is_flag=True, help="Don't load the demo plant.")
def up(host: str, port: int, dagster_port: int, empty: bool) -> None:
    """Serve the app, the API and the pipeline until Ctrl-C."""
    from dashboards.serving.supervisor import bring_up

    sys.exit(
        bring_up(
            settings(),
            host=host,
            port=port,
            dagster_port=dagster_port,
            empty=empty,
            say=click.echo,
        )
    )
