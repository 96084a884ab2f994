"""Find by its code or id what a command names: a product, a supplier, a customer."""

from dashboards.commands import values
from dashboards.commands.refusals import BadValue, NotFound
from sql.record.transactions import Row, Transaction
from sql.vocabulary import ROLES_BETWEEN, PartnerRole, roles_together

# Of which roles a partner must have one to stand in a field: goods go between a plant's sites too.
ROLES_NEEDED = {
    "supplier_code": (PartnerRole.SUPPLIER, PartnerRole.SITE),
    "customer_code": (PartnerRole.CUSTOMER, PartnerRole.SITE),
    "site_code": (PartnerRole.SITE,),
}


def id_of(transaction: Transaction, thing: str, code: str | None) -> int | None:
    """Look a product's or supplier's id up by its code; None where none is given.

    Raises:
        NotFound: Nothing has the code.
        BadValue: It is a partner that is no supplier.
    """
    if not code:
        return None
    field = f"{thing}_code"
    if field in ROLES_NEEDED:
        return partner_id(transaction, code, field)
    found = transaction.value(f"{thing}_id", code=values.code(code, field))
    if found is None:
        raise NotFound(thing.capitalize(), code, field=field)
    return found


def product_named(transaction: Transaction, code: str | None) -> Row | None:
    """Look a product up by its code: product_id, unit and kg_per_unit; None where none is given.

    Raises:
        NotFound: Nothing has the code.
    """
    if not code:
        return None
    found = transaction.one("product_named", code=values.code(code, "product_code"))
    if found is None:
        raise NotFound("Product", code, field="product_code")
    return found


def partner_id(transaction: Transaction, code: str, field: str) -> int:
    """Look up the id of a partner that may stand in a field of `ROLES_NEEDED`.

    Raises:
        NotFound: No partner has the code.
        BadValue: The partner has none of the roles that the field needs.
    """
    found = transaction.one("partner_named", code=values.code(code, field))
    if found is None:
        raise NotFound(field.removesuffix("_code").capitalize(), code, field=field)
    lacking = role_lacking(found["role"], field)
    if lacking is not None:
        raise BadValue(f"{field} {code} {lacking}", field=field, code="ROLE")
    return found["partner_id"]


def role_lacking(roles: str, field: str) -> str | None:
    """Say why a partner of these roles can't stand in a field, and the way out; None: it can."""
    has, needed = [PartnerRole(role) for role in roles.split(ROLES_BETWEEN)], ROLES_NEEDED[field]
    if set(needed).intersection(has):
        return None
    return (
        f"is a {' and '.join(has)}; a {' or '.join(needed)} is needed here. A partner may be "
        f"several: give it the roles {roles_together([*has, needed[0]])}."
    )


def askable_id(value: int) -> int:
    """Return an id PostgreSQL can be asked for; 0, which names nothing, where out of range."""
    return value if 0 < value < 2**63 else 0
