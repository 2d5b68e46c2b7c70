"""What is wrong with a PostgreSQL server, told as a fault; addresses and passwords left out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from bot.store.faults import StoreFault, Unreached

# By the five signs of an SQL state, or by its class, the first two.
REASONS = {
    "28": ("it refuses the user or the password", "correct them in the address"),
    "3D": ("the database does not exist", "make it with createdb, or correct its name"),
    "42501": ("this user may not do that", "let the user own the database"),
    "25006": ("it takes no changes", "name the primary server and not a copy of it"),
    "53100": ("its disk is full", "make room on it"),
    "53": ("it has run out of connections or memory", "allow it more, or run fewer replicas"),
    "55P03": ("something holds a row for too long", "look for open transactions on the server"),
    "57P03": ("it is starting or stopping", "wait until it is ready"),
    "57": ("it has stopped or has broken off the work", "start it again"),
    "25P03": ("it has broken off a transaction that stood still", "look at the load of this host"),
    "58": ("reading or writing failed on its side", "check its disk"),
    "XX": ("its data is damaged", "restore a backup"),
    "08": ("it cannot be reached", "start it, or correct the address"),
    "40": ("transactions stand in each other's way", "look for other programs at work in it"),
}
# What no setting and no hand here can mend: whoever waits and tries anew may find it well.
PASSING = {"53100", "53", "55P03", "57P03", "57", "25P03", "08", "40"}
UNREACHED = ("it cannot be reached", "start it, or correct the address")
UNREADABLE = (
    "its address cannot be read", "write it as postgresql://user:password@host:5432/database",
)  # fmt: skip
BUSY = ("no connection became free in time", "look at the load of the server")
UNDONE = {"40001", "40P01"}  # one of two had to give way
LOST = (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError)


@contextmanager
def refusals() -> Iterator[None]:
    """Tell what is wrong with server or address as a fault; any other error stays what it is."""
    try:
        yield
    except NoneFree:
        raise Unreached(_told(*BUSY)) from None
    except LOST as error:
        raise Unreached(_told(*UNREACHED)) from error
    except (DBAPIError, asyncpg.PostgresError) as error:
        fault = _fault_of(error)
        if fault is None:
            raise
        raise fault from error


@contextmanager
def unreadable() -> Iterator[None]:
    """Tell that an address is none, without the error, which quotes it."""
    try:
        yield
    except ValueError:
        raise StoreFault(_told(*UNREADABLE)) from None


def is_passing(error: DBAPIError) -> bool:
    """Tell whether the same work may well succeed when done anew."""
    return error.connection_invalidated or _state(error) in UNDONE


def _fault_of(error: DBAPIError | asyncpg.PostgresError) -> StoreFault | None:
    state = _state(error)
    state = state if state in REASONS else state[:2]
    if state in REASONS:
        return (Unreached if state in PASSING else StoreFault)(_told(*REASONS[state]))
    lost = isinstance(error, DBAPIError) and (
        error.connection_invalidated or isinstance(getattr(error.orig, "__cause__", None), LOST)
    )
    return Unreached(_told(*UNREACHED)) if lost else None


def _state(error: DBAPIError | asyncpg.PostgresError) -> str:
    source = error.orig if isinstance(error, DBAPIError) else error
    return getattr(source, "sqlstate", None) or ""


def _told(reason: str, remedy: str) -> str:
    return f"The PostgreSQL server (LIMBER_DATABASE_URL): {reason}. Remedy: {remedy}."
