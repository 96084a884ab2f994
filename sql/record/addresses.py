"""Addresses of PostgreSQL: read as libpq reads them, and shown without a password."""

from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from sql.errors import SettingsIncomplete

Parts = dict[str, str]
# A server that is gone without a word is given up on after about half a minute, not two hours.
NETWORK_PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "15",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}


def parts_of(address: str) -> Parts:
    """Read an address into libpq's own parameters: host, user, dbname and so on.

    Args:
        address: `postgresql://login:password@host:port/database?name=value`; a driver named as in
            `postgresql+psycopg://`, and a plus sign for a space after the question mark, are read
            as SQLAlchemy means them.

    Raises:
        SettingsIncomplete: It is no such address. The text leaves it out: it may hold a password.
    """
    scheme, separator, rest = address.partition("://")
    place, _, query = rest.partition("?")
    plain = f"{scheme.partition('+')[0]}{separator}{place}"
    if query:
        plain += f"?{query.replace('+', '%20')}"
    try:
        return {name: str(value) for name, value in conninfo_to_dict(plain).items()}
    except psycopg.ProgrammingError:
        raise SettingsIncomplete(
            "LOTLINE_DATABASE_URL is no address of PostgreSQL. Write one such as "
            "postgresql://login:password@host:5432/lotline"
        ) from None


def address_of(parts: Parts) -> str:
    """Write parameters as one address that every driver built on libpq takes."""
    return f"postgresql://?{urlencode(parts, quote_via=quote)}"


def shown(parts: Parts) -> str:
    """Write where an address leads and as whom, for a message to who runs the server."""
    login = f"{parts['user']}@" if "user" in parts else ""
    port = f":{parts['port']}" if "port" in parts else ""
    return f"postgresql://{login}{parts.get('host', '')}{port}/{parts.get('dbname', '')}"
