"""Old word processors' files (.doc, .wps, .rtf, .odt), turned into .docx by LibreOffice where it is installed."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ingest.limits import Limits

#: What LibreOffice is to take a file for, by its first bytes; a .wps of Kingsoft's is a .doc.
_SUFFIXES = {b"{\\rtf": ".rtf", b"\xd0\xcf\x11\xe0": ".doc", b"PK": ".odt"}


def converter() -> str | None:
    """Return the path of LibreOffice, None where there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, limits: Limits) -> bytes:
    """Return the file that `data` is as .docx; raises InputError."""
    program = converter()
    suffix = next(suffix for magic, suffix in _SUFFIXES.items() if data.startswith(magic))
    if program is None:
        raise InputError(f"{suffix} files need LibreOffice (soffice), which is not installed; save it as .docx")
    with tempfile.TemporaryDirectory(prefix="gongbao-") as folder:
        source = Path(folder, f"source{suffix}")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",  # one of its own, as two cannot share one
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir", folder, str(source)),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(limits.max_seconds)
        except subprocess.TimeoutExpired:
            raise InputError(f"LibreOffice took longer than {limits.max_seconds} s (setting max_seconds)") from None
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise InputError(f"LibreOffice cannot read this {suffix} file")
        limits.check_size(made.stat().st_size, "the converted file")
        return made.read_bytes()
