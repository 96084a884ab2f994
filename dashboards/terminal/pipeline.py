"""`lotline refresh` and `lotline check`: one run of the pipeline."""

import os
import subprocess
import sys

import click


@click.command()
@click.option("--anew", is_flag=True, help="From nothing, not just what changed; takes longer.")
def refresh(anew: bool) -> None:
    """Run the pipeline once: copy, build, check, publish an edition."""
    sys.exit(_run_pipeline("refresh", *(["--anew"] if anew else [])))


@click.command()
def check() -> None:
    """Run the data-quality checks on the record as it is now."""
    sys.exit(_run_pipeline("check"))


def _run_pipeline(kind: str, *options: str) -> int:
    """Run the pipeline in a process of its own, since this package doesn't know it."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "pipelines.run", kind, *options],
        check=False,
        env=os.environ | {"PYTHONIOENCODING": ":backslashreplace"},
    ).returncode
