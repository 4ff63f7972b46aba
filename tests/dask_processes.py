"""A Dask scheduler and workers, and an S3 server, each in processes of their own on the loopback, for the tests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from distributed.security import Security

from tests.conftest import ROOT

#: Where `make setup` puts the S3 server and its libraries: apart, as they want other versions than the rest.
S3 = Path(sys.prefix) / "s3"

TLS = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that has this gongbao and, if it is there, what opens s3://."""
    return os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{S3}"} | more


@contextmanager
def process(*arguments: str, log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as file:
        started = subprocess.Popen(
            [sys.executable, *arguments], stdout=file, stderr=file, env=environment(**more), cwd=log.parent
        )
        try:
            yield started
        finally:
            started.terminate()
            try:
                started.wait(10)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


@contextmanager
def scheduler(folder: Path, **more: str) -> Iterator[str]:
    """Yield the address of a scheduler."""
    port = free_port()
    arguments = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    with process("-m", "distributed.cli.dask_scheduler", *arguments, log=folder / "scheduler.log", **more):
        wait_for(port)
        yield f"{'tls' if TLS in more else 'tcp'}://127.0.0.1:{port}"


@contextmanager
def workers(address: str, number: int, folder: Path, **more: str) -> Iterator[None]:
    arguments = ("--nworkers", str(number), "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
    preload = ("--preload", str(ROOT / "tests" / "dask_preload.py"), "--local-directory", str(folder))
    with process("-m", "distributed.cli.dask_worker", address, *arguments, *preload, log=folder / "log", **more):
        yield


def certificates(folder: Path) -> dict[str, str]:
    """Return the variables, as `docs/cluster.md` names them, of a cluster that speaks TLS."""
    made = Security.temporary().get_tls_config_for_role("client")
    authority, certificate, key = folder / "ca.pem", folder / "certificate.pem", folder / "key.pem"
    for path, kind in ((authority, "ca_file"), (certificate, "cert"), (key, "key")):
        path.write_text(made[kind], "ascii")
    each = {
        f"DASK_DISTRIBUTED__COMM__TLS__{role}__{kind}": str(path)
        for role in ("SCHEDULER", "WORKER", "CLIENT")
        for kind, path in (("CERT", certificate), ("KEY", key))
    }
    return each | {TLS: str(authority), "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True"}


@contextmanager
def s3(folder: Path) -> Iterator[Mapping[str, str]]:
    """Yield the variables that lead to an S3 server."""
    port = free_port()
    with process("-m", "moto.server", "-H", "127.0.0.1", "-p", str(port), log=folder / "s3.log"):
        wait_for(port)
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


def wait_for(port: int, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens at port {port}")
