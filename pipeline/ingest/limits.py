"""What a file may cost. Each limit is a setting of the same name."""

from dataclasses import dataclass

from pipeline.errors import InputError

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits for one file or page; reaching one is an InputError that names it."""

    max_file_mb: int = 100  #: of the file, of what it unpacks to, of a download
    max_chars: int = 5_000_000  #: of the text; a long report has 40,000
    max_seconds: int = 60
    max_memory_mb: int = 1024  #: of the process that reads the file
    private_addresses: bool = False  #: whether pages may come from this machine and the network it stands in

    def check_size(self, size: int, what: str = "the file") -> None:
        """Raise InputError if `what` of `size` bytes is too large."""
        if size > self.max_file_mb * MB:
            raise InputError(f"{what} has {size / MB:.1f} MB; the limit is {self.max_file_mb} MB (setting max_file_mb)")

    def check_text(self, text: str) -> None:
        """Raise InputError if `text` is too long."""
        if len(text) > self.max_chars:
            raise InputError(f"the text has {len(text):,} characters; the limit is {self.max_chars:,} (max_chars)")
