"""Statements, run without detours: SQLAlchemy writes each once, SQLite's own driver runs it.

The library's execution takes 18 µs a statement where the driver takes one to three, and an update
takes a dozen of them.  What the driver does not know by itself (dates) goes through the library's
own processors; a statement whose text depends on its values (a list in it) goes the library's way,
and so does everything on PostgreSQL.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.sql.compiler import SQLCompiler

Process = Callable[[Any], Any]
Row = Any  # a tuple whose places are named like the statement's columns


class Found:
    """What a statement has brought, all of it read."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: Sequence[Row], rowcount: int) -> None:
        self._rows, self.rowcount = rows, rowcount

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def all(self) -> Sequence[Row]:
        return self._rows

    def first(self) -> Row | None:
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> Row | None:
        if len(self._rows) > 1:
            raise MultipleResultsFound
        return self.first()

    def one(self) -> Row:
        row = self.one_or_none()
        if row is None:
            raise NoResultFound
        return row

    def scalar_one(self) -> Any:  # noqa: ANN401 - its first column
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:  # noqa: ANN401 - its first column, or none
        row = self.one_or_none()
        return None if row is None else row[0]

    def scalars(self) -> Iterator[Any]:
        return (row[0] for row in self._rows)


class Direct:
    """One statement, written out for the driver."""

    def __init__(self, statement: Any, compiled: SQLCompiler, dialect: Dialect) -> None:  # noqa: ANN401 - the library has no type for "returns rows or not"
        self.text = compiled.string
        self.names = tuple(compiled.positiontup or ())
        self.fixed = {name: compiled.params.get(name) for name in self.names}
        types = [compiled.binds[name].type.dialect_impl(dialect) for name in self.names]
        self.writes = _some(each.bind_processor(dialect) for each in types)
        columns = getattr(statement, "exported_columns", ())
        self.reads = _some(
            column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns
        )
        names = columns.keys() if columns else ()
        self.row = _row(names)

    def run(self, driver: DBAPIConnection, values: Mapping[str, object]) -> Found:
        fixed = self.fixed
        given = [values[name] if name in values else fixed[name] for name in self.names]
        for place, process in self.writes:
            given[place] = process(given[place])
        cursor = driver.execute(self.text, given)
        return Found([*map(self._read, cursor.fetchall())], cursor.rowcount)

    def _read(self, row: Sequence[Any]) -> Row:
        if self.reads:
            row = list(row)
            for place, process in self.reads:
                row[place] = process(row[place])
        return self.row._make(row)


def _row(names: Iterable[str]) -> Row:
    """Make a kind of row; a column whose name is none is read by its place."""
    return namedtuple("Row", names, rename=True)  # noqa: PYI024 - the fields are known only here


def _some(processors: Iterator[Process | None]) -> tuple[tuple[int, Process], ...]:
    return tuple((place, each) for place, each in enumerate(processors) if each is not None)


class Ready:
    """The statements of one process, made when first asked for; they are constants."""

    def __init__(self) -> None:
        self.made: dict[tuple[Executable, tuple[str, ...]], Direct | None] = {}

    def run(
        self, connection: Connection, statement: Executable, values: Mapping[str, object]
    ) -> Found:
        driver = connection.connection.driver_connection
        direct = self.direct(statement, tuple(values), connection.dialect)
        if direct is None or driver is None:
            return executed(connection, statement, values)
        return direct.run(driver, values)

    def direct(
        self, statement: Executable, names: tuple[str, ...], dialect: Dialect
    ) -> Direct | None:
        key = (statement, names)
        if key not in self.made:
            self.made[key] = made(statement, names, dialect)
        return self.made[key]


def made(statement: Any, names: tuple[str, ...], dialect: Dialect) -> Direct | None:  # noqa: ANN401 - as in `Direct`
    """Write it out; none where its text depends on its values."""
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    depends = compiled.post_compile_params or compiled.literal_execute_params
    return None if depends else Direct(statement, compiled, dialect)


def executed(connection: Connection, statement: Executable, values: Mapping[str, object]) -> Found:
    """Go the library's way."""
    result = connection.execute(statement, dict(values))
    return Found(result.all() if result.returns_rows else (), result.rowcount)
