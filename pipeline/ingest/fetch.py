"""Pages from the web: http and https only, from public addresses only, within limits of time and size.

Each address is checked when it is connected to, so neither a redirect nor a name that changes its address between
check and use leads into the network that this machine stands in. Proxies are not used, for they would connect in our
stead.
"""

import gzip
import http.client
import io
import ipaddress
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from pathlib import PurePosixPath
from typing import Any

from pipeline.errors import InputError
from pipeline.ingest.extraction import Source
from pipeline.ingest.formats import is_url
from pipeline.ingest.limits import MB, Limits

_REDIRECTS = 5
_CHUNK = 64 * 1024
_AGENT = "Mozilla/5.0 (compatible; gongbao)"  # some portals refuse an agent that does not say Mozilla
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "text/csv": ".csv",
}


def fetch(url: str, limits: Limits) -> Source:
    """Return the page at `url`; raises InputError for what is not to be had, too slow, too large or not public."""
    deadline = time.monotonic() + limits.max_seconds
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
        _Http(limits, deadline),
        _Https(limits, deadline),
    ):
        opener.add_handler(handler)
    try:
        address = urllib.parse.quote(url, safe="%/:=&?~#+!$,;'@()*[]")
        request = urllib.request.Request(address, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})
        with opener.open(request, timeout=limits.max_seconds) as response:
            data = _body(response, limits, deadline)
            return Source(
                data,
                _name(response.geturl(), response.headers.get_content_type()),
                url=url,
                charset=response.headers.get_content_charset(),
            )
    except urllib.error.HTTPError as error:
        if 300 <= error.code < 400:
            raise InputError(f"{url}: more than {_REDIRECTS} redirects, or redirects in a circle") from error
        raise InputError(f"{url}: the server answers {error.code} {error.reason}") from error
    except urllib.error.URLError as error:
        reason = error.reason
        if isinstance(reason, InputError):
            raise InputError(f"{url}: {reason}") from error
        raise InputError(f"{url}: {_said(reason, limits)}") from error
    except (OSError, http.client.HTTPException, ValueError, UnicodeError, zlib.error, EOFError) as error:
        raise InputError(f"{url}: {_said(error, limits)}") from error
    except InputError as error:
        raise InputError(f"{url}: {error}") from error


def _said(error: object, limits: Limits) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {limits.max_seconds} s (setting max_seconds)"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(error).partition("\n")[0] or type(error).__name__


def _body(response: Any, limits: Limits, deadline: float) -> bytes:
    pieces, size = [], 0
    while True:
        if time.monotonic() > deadline:
            raise TimeoutError
        piece = response.read1(_CHUNK)
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
        limits.check_size(size, "the page")
    expected = response.headers.get("Content-Length", "")
    if expected.isdigit() and size < int(expected):
        raise InputError(f"the connection broke off after {size} of {expected} bytes")
    data = b"".join(pieces)
    if response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip"):
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            data = packed.read(limits.max_file_mb * MB + 1)
        limits.check_size(len(data), "the unpacked page")
    return data


def _name(url: str, content_type: str) -> str:
    parts = urllib.parse.urlsplit(url)
    name = urllib.parse.unquote(PurePosixPath(parts.path).name, errors="replace") or parts.hostname or "page"
    suffix = _SUFFIXES.get(content_type)
    return name if suffix is None or name.lower().endswith(suffix) else f"{name}{suffix}"


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = _REDIRECTS

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        target = urllib.parse.urljoin(req.full_url, headers.get("Location") or headers.get("URI") or "")
        if not is_url(target):
            raise InputError(f"a redirect to {target!r}, which is no web page")
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _connect(limits: Limits, deadline: float) -> Any:
    def connect(address: tuple[str, int], timeout: Any = None, source_address: Any = None) -> socket.socket:
        host, port = address
        error: OSError | None = None
        for family, kind, protocol, _, target in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            reason = _refused(str(target[0]), limits)
            if reason:
                raise InputError(f"{host} is {target[0]}, {reason}")
            connection = socket.socket(family, kind, protocol)
            connection.settimeout(max(deadline - time.monotonic(), 0.001))
            try:
                connection.connect(target)
                return connection
            except OSError as failed:
                connection.close()
                error = failed
        raise error or OSError(f"{host} has no address")

    return connect


def _refused(address: str, limits: Limits) -> str | None:
    """Return why no page is fetched from `address`, None for one that may be asked."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    ip = mapped or ip
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local:
        return "an address that no web page has"  # in clouds, that of the machine's own secrets
    if not ip.is_global and not limits.private_addresses:
        return "an address of a private network (setting private_addresses allows them)"
    return None


class _Http(urllib.request.HTTPHandler):
    def __init__(self, limits: Limits, deadline: float) -> None:
        super().__init__()
        self._connect = _connect(limits, deadline)

    def http_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._connection, req)

    def _connection(self, host: str, **options: Any) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection(host, **options)
        connection._create_connection = self._connect  # type: ignore[attr-defined]  # the stubs leave it out
        return connection


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, limits: Limits, deadline: float) -> None:
        super().__init__()
        self._connect = _connect(limits, deadline)

    def https_open(self, req: urllib.request.Request) -> Any:
        return self.do_open(self._connection, req)

    def _connection(self, host: str, **options: Any) -> http.client.HTTPSConnection:
        connection = http.client.HTTPSConnection(host, context=ssl.create_default_context(), **options)
        connection._create_connection = self._connect  # type: ignore[attr-defined]  # the stubs leave it out
        return connection
