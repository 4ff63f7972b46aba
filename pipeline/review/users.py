"""Who reviews: names with passwords, and the sessions of those who have signed in."""

import datetime
import hashlib
import secrets
from functools import cache

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, delete, insert, select, update

from pipeline.errors import ReviewError
from pipeline.review import tables
from pipeline.review.database import Database
from pipeline.review.deciding import reviewer_name

_SESSION = datetime.timedelta(days=7)
SHORTEST_PASSWORD = 10
_LONGEST_PASSWORD = 1000


_SESSION_OF = select(tables.sessions).where(
    tables.sessions.c.hash == bindparam("hash"), tables.sessions.c.expires > bindparam("now")
)


class Session(msgspec.Struct, frozen=True):
    """Somebody who has signed in; `csrf` must come with everything that changes something."""

    reviewer: str
    csrf: str
    hash: str


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return a hash that no password has, so that an unknown name takes as long as a wrong password."""
    return _hasher().hash(secrets.token_hex())


def set_password(database: Database, name: str, password: str) -> bool:
    """Let `name` sign in with `password`; return whether the name is new. Raises ReviewError for a short password.

    Whoever is signed in under the name is signed out.
    """
    name = reviewer_name(name)
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD:
        raise ReviewError(f"a password has at least {SHORTEST_PASSWORD} characters")
    hashed = _hasher().hash(password)
    reviewers = tables.reviewers
    with database.write() as connection:
        known = connection.execute(select(reviewers.c.name).where(reviewers.c.name == name)).first() is not None
        if known:
            connection.execute(update(reviewers).where(reviewers.c.name == name).values(password=hashed))
            connection.execute(delete(tables.sessions).where(tables.sessions.c.reviewer == name))
        else:
            connection.execute(insert(reviewers), [{"name": name, "password": hashed, "created": _now().isoformat()}])
    return not known


def remove(database: Database, name: str) -> None:
    """Let `name` sign in no more; what was decided under it stays. Raises ReviewError for an unknown name."""
    with database.write() as connection:
        connection.execute(delete(tables.sessions).where(tables.sessions.c.reviewer == name))
        if not connection.execute(delete(tables.reviewers).where(tables.reviewers.c.name == name)).rowcount:
            raise ReviewError(f"nobody is called {name!r}; `gongbao review users list` says who is")


def names(database: Database) -> list[str]:
    """Return who may sign in."""
    with database.read() as connection:
        return list(connection.execute(select(tables.reviewers.c.name).order_by(tables.reviewers.c.name)).scalars())


def password_fits(database: Database, name: str, password: str) -> bool:
    """Tell whether `name` may sign in with `password`."""
    query = select(tables.reviewers.c.password).where(tables.reviewers.c.name == name)
    with database.read() as connection:
        hashed = connection.execute(query).scalar()
    try:
        return _hasher().verify(hashed or _nobody(), password[: _LONGEST_PASSWORD + 1]) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def sign_in(database: Database, reviewer: str) -> tuple[str, Session]:
    """Return a new cookie and the session that it stands for; only its hash is kept."""
    cookie = secrets.token_urlsafe(32)
    session = Session(reviewer_name(reviewer), secrets.token_urlsafe(32), _hash(cookie))
    expires = (_now() + _SESSION).isoformat()
    with database.write() as connection:
        connection.execute(delete(tables.sessions).where(tables.sessions.c.expires < _now().isoformat()))
        row = {"hash": session.hash, "reviewer": session.reviewer, "csrf": session.csrf, "expires": expires}
        connection.execute(insert(tables.sessions), [row])
    return cookie, session


def session_of(database: Database, cookie: str | None) -> Session | None:
    """Return the session that `cookie` stands for, if there is one and it has not expired."""
    if not cookie:
        return None
    with database.read() as connection:
        row = connection.execute(_SESSION_OF, {"hash": _hash(cookie), "now": _now().isoformat()}).first()
    return None if row is None else Session(row.reviewer, row.csrf, row.hash)


def rename_session(database: Database, session: Session, reviewer: str) -> None:
    """Let whoever holds `session` go on under another name."""
    with database.write() as connection:
        renamed = update(tables.sessions).where(tables.sessions.c.hash == session.hash)
        connection.execute(renamed.values(reviewer=reviewer_name(reviewer)))


def sign_out(database: Database, session: Session) -> None:
    """End `session`."""
    with database.write() as connection:
        connection.execute(delete(tables.sessions).where(tables.sessions.c.hash == session.hash))


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
