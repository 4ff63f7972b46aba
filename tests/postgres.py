"""A PostgreSQL server of the tests' own, for as long as they need one."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OTHERS = ("postgres", "nobody")  # the server refuses to run as root


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, if it is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """Yield the URL of a fresh server on this machine; afterwards it is stopped and its files are gone."""
    with tempfile.TemporaryDirectory(prefix="gongbao-postgres-", dir="/tmp") as folder:
        home = Path(folder)
        user = _user()
        options: dict[str, object] = {"check": True, "capture_output": True, "cwd": folder}
        if user is not None:
            os.chown(home, user.pw_uid, user.pw_gid)
            options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}
        data = str(home / "data")
        initdb = ["-D", data, "-U", "gongbao", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run([str(programs / "initdb"), *initdb], **options)  # type: ignore[call-overload]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        started = f"-p {port} -c listen_addresses=127.0.0.1 -k {home}"
        control = [str(programs / "pg_ctl"), "-D", data, "-w"]
        log = ["-l", str(home / "log")]
        options["capture_output"] = False  # the server would hold the pipe open
        options |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*control, *log, "-o", started, "start"], **options)  # type: ignore[call-overload]
        try:
            yield f"postgresql://gongbao@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **options)  # type: ignore[call-overload]


def _user() -> pwd.struct_passwd | None:
    """Return the user that the server is to run as; None for the one that runs the tests."""
    if os.geteuid() != 0:
        return None
    for name in _OTHERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise LookupError("no user but root")
