"""Ports and sockets: free ones, and those on which a program listens."""

import socket
from pathlib import Path

from sql.errors import SettingsIncomplete


def is_listened_on(path: Path) -> bool:
    """Tell whether somebody listens on a Unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def is_answered(host: str, port: int) -> bool:
    """Tell whether a program takes connections on a port."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


class PortTaken(SettingsIncomplete):
    """Another program listens on the port."""


def require_free(host: str, port: int, option: str) -> None:
    """Refuse a port on which somebody listens."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise PortTaken(
                f"Port {port} on {host} can't be used ({taken.strerror}). Choose another: "
                f"lotline up {option} {port + 1}"
            ) from taken
