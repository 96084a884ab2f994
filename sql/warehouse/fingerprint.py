"""What decides over copies and models: the code whose results later runs build upon."""

import hashlib

from sql.queries import POSTGRES
from sql.warehouse.copied_tables import copied_tables, copy_script
from sql.warehouse.models import load_model, model_names


def build_fingerprint() -> str:
    """Return a digest of the scripts of the copies, the record's migrations, and the models."""
    migrations = POSTGRES / "migrations" / "versions"
    parts = [copy_script(table)[1] for table in copied_tables()]
    parts += sorted(file.name for file in migrations.glob("*.sql"))
    parts += [load_model(name).fingerprint for name in model_names()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
