"""Defaults, then the file, then the flags; nothing unknown."""

from dataclasses import fields
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings import Settings, help_for, load_settings


def write(folder: Path, text: str) -> Path:
    path = folder / "gongbao.toml"
    path.write_text(text, "utf-8")
    return path


def test_flags_override_the_file_and_the_file_the_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, 'out = "records"\nworkers = 3\nonly = ["claims"]\n')
    assert load_settings(tmp_path / "none.toml") == Settings()
    assert load_settings(path) == Settings(out="records", workers=3, only=("claims",))
    assert load_settings(path, workers=2, out=None) == Settings(out="records", workers=2, only=("claims",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("wrokers = 2", "no setting is called 'wrokers'; there are: corpus, out, workers"),
        ('workers = "two"', "workers must be a whole number"),
        ("workers = -1", "workers must be a whole number"),
        ("workers = true", "workers must be a whole number"),
        ("worker_memory_mb = -1", "worker_memory_mb must be a whole number, 0 or more"),
        ("report_documents = 0", "report_documents must be a whole number, 1 or more"),
        ('only = "claims"', "only must be a list"),
        ("only = [1]", "only must be a list"),
        ("out = 1", "out must be a folder"),
        ('corpus = ""', "corpus must be a folder"),
        ("extensions = 1", "extensions must be a list of files and folders"),
        ('ner = "bert"', "ner must be one of none, lac"),
        ('language = "de"', "language must be one of zh, en"),
        ("workers = ", "is not a TOML file"),
    ],
)
def test_what_is_unknown_or_impossible_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_settings(write(tmp_path, text))


def test_workers_0_is_one_for_each_core() -> None:
    assert Settings(workers=0).processes >= 1
    assert Settings(workers=3).processes == 3


def test_every_setting_says_what_it_is_for() -> None:
    assert all(len(help_for(setting.name)) > 10 for setting in fields(Settings))
    assert help_for("workers").endswith("[default: 1]")
