"""SQLite: one connection in one thread, and one transaction after the other (see `writer.py`).

Its twin is `postgres.py`.  A transaction begins with the write lock, so that none fails half-way
for want of it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, update
from sqlalchemy.exc import DBAPIError

from bot.store.carrier import Ride
from bot.store.faults import StoreFault, Unreached
from bot.store.lockfile import LockFile
from bot.store.private import make_file, make_folders
from bot.store.tables import alarms, outbox
from bot.store.work import Aftermath
from bot.store.writer import Haste, Job, Tell, Writer, nobody

T = TypeVar("T")

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
)
OLDEST_WITH_RETURNING = (3, 35, 0)
REASONS = {
    sqlite3.SQLITE_FULL: ("the disk is full", "make room on it and start again"),
    sqlite3.SQLITE_READONLY: ("it cannot be written", "let the user who runs Limber write it"),
    sqlite3.SQLITE_PERM: ("it may not be opened", "let the user who runs Limber write it"),
    sqlite3.SQLITE_BUSY: ("another program has locked it", "close that program and start again"),
    sqlite3.SQLITE_LOCKED: ("another program has locked it", "close that program and start again"),
    sqlite3.SQLITE_CANTOPEN: ("it cannot be opened", "name a file in a folder that can be written"),
    sqlite3.SQLITE_NOTADB: ("it is not an SQLite database", "name another file"),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "restore a backup"),
    sqlite3.SQLITE_IOERR: ("reading or writing it failed", "check the disk and its free space"),
}
# These may be over before anybody has looked.
PASSING = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR
}  # fmt: skip

# 1 and not 0 in the outbox: it was leased, and nobody knows whether it was sent.
FREE_OUTBOX = update(outbox).where(outbox.c.lease_until > 1).values(lease_until=1)
FREE_ALARMS = (
    update(alarms).where(alarms.c.wake_at > alarms.c.due_at).values(wake_at=alarms.c.due_at)
)


class SQLite:
    """Carries work into the writer's thread, and its result back."""

    shared = False
    sweep_s = 30.0

    def __init__(self, url: URL) -> None:
        self.url = url
        self._path = file_of(url)
        self._writer = Writer(self._together)
        self._lock: LockFile | None = None
        self._connection: Connection | None = None
        self._closed = False
        self._log_owed = False  # somebody read the file (a backup) as its log was to be emptied

    async def connect(self) -> None:
        await self._writer.alone(self._connect)

    async def begin(self, prepare: Callable[[Connection], T]) -> T:
        """Prepare, and take over what a process that has died had leased."""

        def alone(connection: Connection) -> T:
            prepared = prepare(connection)
            free_leases(connection)
            return prepared

        return await self.carry(alone)

    async def carry(
        self, work: Callable[[Connection], T], aftermath: Aftermath | None = None,
        tell: Tell = nobody, *, haste: Haste = "usual", patience_s: float = 0.0,
    ) -> T:  # fmt: skip
        """Do the work in a transaction; tell what it set off once that is committed."""
        if self._closed:
            raise StoreFault("The store is closed.")
        return await self._writer.do(work, aftermath, tell, haste=haste, patience_s=patience_s)

    def ride(
        self, work: Callable[[Connection], Any], aftermath: Aftermath, tell: Tell
    ) -> Ride | None:
        job = self._writer.ride(work, aftermath, tell)
        return Ride(job.answer, self._writer.alight)

    def listen(self, _: Callable[[Aftermath], None]) -> None:
        """Nobody else is at work on this file, so there is never any news."""

    async def lead(self, work: Callable[[], Awaitable[None]]) -> None:
        await work()

    async def close(self) -> None:
        """Finish what is under way, empty the log into the file, and let go of both."""
        if self._closed:
            return
        self._closed = True
        await self._writer.alone(self._disconnect)
        self._writer.thread.shutdown()

    def _connect(self) -> None:
        check_version(sqlite3.sqlite_version_info)
        if self._path is not None:
            self._lock = locked(self._path)
        with faults_of(self._path):
            self._connection = engine_of(self.url).connect()
            empty_log(self._connection)  # a process that was killed may have left a key in it

    def _together(self, jobs: list[Job]) -> None:
        """Do some jobs in one transaction; where it cannot be kept, none of them is done."""
        try:
            self._transact(jobs)
        except BaseException as fault:  # noqa: BLE001 - whoever waits for the job is told
            for job in jobs:
                job.fault = job.fault or fault

    def _transact(self, jobs: list[Job]) -> None:
        if self._connection is None:
            raise StoreFault("The store is not open.")
        with faults_of(self._path), self._connection.begin():
            for job in jobs:
                if len(jobs) == 1:
                    job.result = job.work(self._connection)
                else:
                    self._apart(job, self._connection)
            if rider := self._writer.rider_with(jobs):
                self._along(rider, jobs, self._connection)
        done = [job for job in jobs if job.fault is None]
        for job in done:
            job.tell(job.aftermath)
        if any(job.aftermath.wiped for job in done) or self._log_owed:
            self._log_owed = not empty_log(self._connection)

    def _along(self, rider: Job, jobs: list[Job], connection: Connection) -> None:
        """Let one look at what these have posted, so that nobody need be told to look."""
        others = list(jobs)
        jobs.append(rider)
        self._apart(rider, connection)
        if rider.fault is None:
            for job in others:
                job.aftermath.posted = False

    def _apart(self, job: Job, connection: Connection) -> None:
        """Do one of several: what goes wrong takes back its own rows only."""
        database: Any = connection.connection.driver_connection
        database.execute("SAVEPOINT job")
        try:
            job.result = job.work(connection)
        except Exception as fault:
            if not database.in_transaction:  # a full disk, say, has undone everything
                raise
            job.fault = _told(fault, self._path)
            database.execute("ROLLBACK TO job")
        database.execute("RELEASE job")

    def _disconnect(self) -> None:
        if self._connection is not None:
            empty_log(self._connection)
            self._connection.close()
            self._connection.engine.dispose()
            self._connection = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def engine_of(url: URL) -> Engine:
    """Make an engine whose transactions begin with the write lock."""
    engine = create_engine(url, hide_parameters=True)  # so that no error shows what is kept
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def file_of(url: URL) -> Path | None:
    """Name the database's file; none when it lives in memory."""
    return None if url.database in {None, "", ":memory:"} else Path(str(url.database))


def locked(path: Path) -> LockFile:
    """Make the database's file and folder, if need be, and be the only one to use it."""
    try:
        make_folders(path.parent)
        lock = LockFile(path)
        make_file(path)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise StoreFault(
            f"The database {path} (LIMBER_DATABASE_URL) cannot be made or opened ({reason}). "
            "Remedy: name a file in a folder that can be written."
        ) from None
    return lock


def free_leases(connection: Connection) -> None:
    """Give back what a process that has died had leased: nobody else is at work on this file."""
    connection.execute(FREE_OUTBOX)
    connection.execute(FREE_ALARMS)


def empty_log(connection: Connection) -> bool:
    """Write the write-ahead log into the file and cut it to nothing; False while others read.

    It does not wait for them: whoever asked to be erased must not hold everybody up.
    """
    database = connection.connection.driver_connection
    if database is None:
        return True
    (patience_ms,) = database.execute("PRAGMA busy_timeout").fetchone()
    database.execute("PRAGMA busy_timeout = 0")
    try:
        busy, *_ = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        database.execute(f"PRAGMA busy_timeout = {patience_ms}")
    return not busy


def check_version(found: tuple[int, int, int]) -> None:
    """Refuse a library that cannot return the rows it changes."""
    if found < OLDEST_WITH_RETURNING:
        have, need = (".".join(map(str, version)) for version in (found, OLDEST_WITH_RETURNING))
        raise StoreFault(
            f"This Python comes with SQLite {have}, and Limber needs {need} or newer. "
            "Remedy: use a newer Python or system library."
        )


@contextmanager
def faults_of(path: Path | None) -> Iterator[None]:
    """Tell what is wrong with disk or file as a fault; any other error stays what it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error


def _told(fault: Exception, path: Path | None) -> Exception:
    if isinstance(fault, DBAPIError | sqlite3.Error):
        return fault_of(fault, path) or fault
    return fault


def fault_of(error: DBAPIError | sqlite3.Error, path: Path | None) -> StoreFault | None:
    origin = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(origin, "sqlite_errorcode", 0) & 0xFF  # the rest is detail
    if code not in REASONS:
        return None
    reason, remedy = REASONS[code]
    told = f"The database {path} (LIMBER_DATABASE_URL): {reason}. Remedy: {remedy}."
    return (Unreached if code in PASSING else StoreFault)(told)


def _prepare(database: sqlite3.Connection, _: object) -> None:
    database.isolation_level = None  # we begin ourselves, below
    for pragma in PRAGMAS:
        database.execute(pragma).fetchall()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
