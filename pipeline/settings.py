"""The settings of a run: defaults, what `gongbao.toml` says instead, what flags say instead of that."""

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import tomli

from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from pipeline.ingest.limits import Limits

FILE = Path("gongbao.toml")

Language = Literal["zh", "en"]
Ner = Literal["none", "lac"]
Topics = Literal["nmf", "lda"]
ShardFormat = Literal["parquet", "jsonl"]


@dataclass(frozen=True)
class Settings:
    """Every setting, with its default; `help_for` says what each is for."""

    corpus: str = field(default="corpus", metadata={"help": "Folder of the corpus."})
    out: str = field(default="outputs", metadata={"help": "Folder that a run writes to."})
    workers: int = field(default=1, metadata={"help": "Processes that share the texts; 0: one for each core."})
    worker_memory_mb: int = field(
        default=0, metadata={"help": "Memory that each of several processes may take, in MB; 0: no limit."}
    )
    only: tuple[str, ...] = field(
        default=(), metadata={"help": "Run this stage and what it requires, no other; may be repeated."}
    )
    ner: Ner = field(
        default="none", metadata={"help": "Statistical recogniser that entities ask besides the rules, none or lac."}
    )
    language: Language = field(default="zh", metadata={"help": "Language of the reports, zh or en."})
    models: str = field(
        default="models", metadata={"help": "Folder of the models that `gongbao train` has fitted; see train --list."}
    )
    review: str = field(
        default="review.sqlite3", metadata={"help": "Database of the review: a file, or a postgresql:// URL."}
    )
    extensions: tuple[str, ...] = field(
        default=(), metadata={"help": "File or folder of your own units, names, lists and rules; may be repeated."}
    )
    topics: Topics = field(default="nmf", metadata={"help": "How topics are found, nmf or lda."})
    report_documents: int = field(
        default=500, metadata={"help": "Most documents that analyses and report take: the latest of a larger corpus."}
    )
    shard_format: ShardFormat = field(
        default="parquet", metadata={"help": "Format of the shards that a cluster writes, parquet or jsonl."}
    )
    shard_documents: int = field(
        default=1000, metadata={"help": "Texts of a folder that a worker of a cluster takes at once, about."}
    )
    max_file_mb: int = field(default=100, metadata={"help": "Largest file or page that is added, unpacked, in MB."})
    max_chars: int = field(default=5_000_000, metadata={"help": "Longest text that is added, in characters."})
    max_seconds: int = field(default=60, metadata={"help": "Longest time that reading or fetching one file may take."})
    max_memory_mb: int = field(default=1024, metadata={"help": "Memory of the process that reads files, in MB."})
    private_addresses: bool = field(
        default=False, metadata={"help": "Whether pages may be fetched from this machine and its private network."}
    )

    def __post_init__(self) -> None:
        for setting in fields(self):
            if not _is_unicode(value := getattr(self, setting.name)):
                raise SettingsError(f"{setting.name}: {value!r} is not UTF-8; rename it, or set a locale of UTF-8")
        for name in ("corpus", "out", "models"):
            if not isinstance(getattr(self, name), str) or not getattr(self, name):
                raise SettingsError(f"{name} must be a folder, not {getattr(self, name)!r}")
        if not isinstance(self.review, str) or not self.review:
            raise SettingsError(f"review must be a file or a postgresql:// URL, not {self.review!r}")
        for name in ("workers", "worker_memory_mb"):
            if type(getattr(self, name)) is not int or getattr(self, name) < 0:
                raise SettingsError(f"{name} must be a whole number, 0 or more, not {getattr(self, name)!r}")
        for name in ("report_documents", "shard_documents", "max_file_mb", "max_chars", "max_seconds", "max_memory_mb"):
            if type(getattr(self, name)) is not int or getattr(self, name) < 1:
                raise SettingsError(f"{name} must be a whole number, 1 or more, not {getattr(self, name)!r}")
        if type(self.private_addresses) is not bool:
            raise SettingsError(f"private_addresses must be true or false, not {self.private_addresses!r}")
        if not isinstance(self.only, tuple) or not all(isinstance(name, str) for name in self.only):
            raise SettingsError(f"only must be a list of stages, not {self.only!r}")
        if not isinstance(self.extensions, tuple) or not all(isinstance(p, str) and p for p in self.extensions):
            raise SettingsError(f"extensions must be a list of files and folders, not {self.extensions!r}")
        if self.ner not in get_args(Ner):
            raise SettingsError(f"ner must be one of {', '.join(get_args(Ner))}, not {self.ner!r}")
        if self.topics not in get_args(Topics):
            raise SettingsError(f"topics must be one of {', '.join(get_args(Topics))}, not {self.topics!r}")
        if self.shard_format not in get_args(ShardFormat):
            known = ", ".join(get_args(ShardFormat))
            raise SettingsError(f"shard_format must be one of {known}, not {self.shard_format!r}")
        if self.language not in get_args(Language):
            raise SettingsError(f"language must be one of {', '.join(get_args(Language))}, not {self.language!r}")

    @property
    def limits(self) -> "Limits":
        """What a file that is added may cost."""
        from pipeline.ingest.limits import Limits

        return Limits(**{f.name: getattr(self, f.name) for f in fields(Limits)})

    @property
    def processes(self) -> int:
        """The number of processes that `workers` stands for."""
        return self.workers or os.cpu_count() or 1


def _is_unicode(value: object) -> bool:
    """Whether `value` has no bytes of another encoding, as names from the command line may have."""
    try:
        "".join(map(str, value if isinstance(value, tuple) else (value,))).encode()
    except UnicodeEncodeError:
        return False
    return True


def help_for(name: str) -> str:
    """Return what the setting `name` is for, with its default."""
    setting = next(f for f in fields(Settings) if f.name == name)
    help_text: str = setting.metadata["help"]
    return help_text if setting.default == () else f"{help_text} [default: {setting.default}]"


def load_settings(path: Path = FILE, **flags: Any) -> Settings:
    """Return the defaults, overridden by the file at `path` if there is one, overridden by `flags` that are not None.

    Raises SettingsError for a file that is not TOML, a key that is no setting, and an impossible value.
    """
    values: dict[str, Any] = {}
    if path.is_file():
        try:
            values = tomli.loads(path.read_text("utf-8"))
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path} is not a TOML file: {error}") from error
    known = [f.name for f in fields(Settings)]
    for key in values:
        if key not in known:
            raise SettingsError(f"{path}: no setting is called {key!r}; there are: {', '.join(known)}")
    values |= {name: value for name, value in flags.items() if value is not None}
    for name in ("only", "extensions"):
        if isinstance(values.get(name), list):
            values[name] = tuple(values[name])
    return Settings(**values)
