"""Serving a review: who may come, on which address, and the link."""

import getpass
import ipaddress
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import uvicorn

from pipeline.errors import InputError, SettingsError
from pipeline.review import users
from pipeline.review.database import open_database
from pipeline.review.loading import Loaded, load, read_run
from pipeline.review.queue import Filters
from pipeline.review.server import Served, make_app, new_token

PORT = 8317
_TRIES = 20  # ports after it that are tried
_OWN = ("127.0.0.1", "localhost", "::1")


def serve(
    run: Path,
    database: str,
    *,
    language: str,
    host: str,
    port: int | None,
    names: tuple[str, ...],
    queue: Mapping[str, str],
    login: bool,
    tell: Callable[[str], None],
    say: Callable[[str], None],
) -> None:
    """Serve the review of what is in the folder `run` until it is interrupted.

    `tell` is given the link once connections are accepted, `say` whatever else is to be known. Raises SettingsError
    for a filter that does not exist, InputError where the address cannot be listened on, and where others than this
    machine are to come and nobody has a password.
    """
    try:
        filters = msgspec.convert(dict(queue), Filters, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(f"--queue: {error}; fields are: {', '.join(Filters.__struct_fields__)}") from error
    is_own = _is_loopback(host)
    docs, extractor = read_run(run)
    opened = open_database(database)
    try:
        signs_in = login or not is_own
        if signs_in and not users.names(opened):
            raise InputError(f"nobody has a password for {opened.name}; `gongbao review users add NAME` gives one")
        listening = _listen(host, port)
        with listening:
            actual = listening.getsockname()[1]
            say(_told(load(opened, docs, extractor)))
            if not is_own:
                say("names and passwords travel as they are: put a server that speaks TLS in front")
            served = Served(
                language=language,
                token=None if signs_in else new_token(),
                name=_user(),
                hosts=tuple({*_OWN, *names, *_names_of(host)}),
                port=actual,
                filters=filters,
            )
            app = make_app(opened, served)
            config = uvicorn.Config(
                app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="off"
            )
            query = "" if served.token is None else "?" + urlencode({"token": served.token})
            name = names[0] if names else host if is_own else socket.gethostname()
            tell(f"http://{f'[{name}]' if ':' in name else name}:{actual}/{query}")
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        opened.close()


def _told(loaded: Loaded) -> str:
    carried = ", ".join(f"{count} {how}" for how, count in sorted(loaded.carried.items()))
    return f"{loaded.documents} documents, {loaded.items} records" + (f"; decided before: {carried}" if carried else "")


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int | None) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    tried = [port] if port is not None else range(PORT, PORT + _TRIES)
    for number in tried:
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, number))
            listening.listen(128)
        except (OSError, OverflowError) as error:
            listening.close()
            reason = getattr(error, "strerror", None) or str(error)
        else:
            return listening
    raise InputError(f"{host}:{tried[-1]}: cannot listen there: {reason.lower()}; name another with --port")


def _names_of(host: str) -> set[str]:
    """Return the names that a browser may call the server by that listens on `host`."""
    if host not in ("0.0.0.0", "::"):
        return {host}
    name = socket.gethostname()
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return {name, socket.getfqdn(), *found}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user: in a container, say
        return "reviewer"
