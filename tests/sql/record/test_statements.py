"""Named queries on their way to the driver: every parameter is found, and nothing else."""

import re

import pytest

from sql.queries import RECORD_QUERIES, load_queries
from sql.record.engine import Record
from sql.record.statements import for_driver, statement

# The copying driver, which is not psycopg, writes its parameters in its own way.
OF_THE_COPIER = re.compile(r"\$1\b")


@pytest.mark.parametrize(
    ("written", "taken"),
    [
        ("select :name", "select %(name)s"),
        ("select :name, :name_2", "select %(name)s, %(name_2)s"),
        ("select :moment::text", "select %(moment)s::text"),
        ("select id::bigint [] from lots", "select id::bigint [] from lots"),
        ("where code like '%:name' and a = :name", "where code like '%%:name' and a = %(name)s"),
        ("select 'it''s :not' || :one", "select 'it''s :not' || %(one)s"),
        ('select "a:b" from t', 'select "a:b" from t'),
        ("-- why :not, by 5 %\nselect :one", "-- why :not, by 5 %%\nselect %(one)s"),
        ("/* :not */ select :one % 2", "/* :not */ select %(one)s %% 2"),
        ("do $$ begin a := format('%I'); end $$", "do $$ begin a := format('%%I'); end $$"),
        ("do $tag$ select ':x' $$ :y $tag$, :z", "do $tag$ select ':x' $$ :y $tag$, %(z)s"),
        ("make_interval(days => :days)", "make_interval(days => %(days)s)"),
    ],
)
def test_a_parameter_is_found_and_nothing_else_is_taken_for_one(written, taken) -> None:
    assert for_driver(written) == taken


def test_postgresql_understands_every_named_query_without_being_told_a_type(
    record: Record,
) -> None:
    misread = {}
    with record.transaction() as transaction:
        server = transaction.connection.pgconn
        server.exec_(b"begin")
        for name, written in load_queries(RECORD_QUERIES).items():
            if OF_THE_COPIER.search(written):
                continue
            server.exec_(b"savepoint one")
            answer = server.prepare(b"", numbered(statement(name).decode()).encode())
            if answer.error_message:
                misread[name] = answer.error_message.decode()
                server.exec_(b"rollback to one")
        server.exec_(b"rollback")
    assert misread == {}


def numbered(sql: str) -> str:
    """Write a driver's statement as PostgreSQL takes it: the first parameter is $1."""
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", sql)))
    sql = re.sub(r"%\((\w+)\)s", lambda found: f"${names.index(found[1]) + 1}", sql)
    return sql.replace("%%", "%")
