"""Who looks at which record, so that reviewers who work at once are given different ones."""

import threading
import time

_SECONDS = 120.0  # after which somebody is taken to have gone away


class Looking:
    """The record that each reviewer was shown last; kept in memory, for it is only a courtesy."""

    def __init__(self) -> None:
        self._shown: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def note(self, reviewer: str, item_id: str) -> None:
        """Remember that `reviewer` looks at a record now."""
        with self._lock:
            self._shown[reviewer] = (item_id, time.monotonic())

    def others(self, reviewer: str) -> set[str]:
        """Return the records that others look at."""
        now = time.monotonic()
        with self._lock:
            self._shown = {who: shown for who, shown in self._shown.items() if now - shown[1] < _SECONDS}
            return {item_id for who, (item_id, _) in self._shown.items() if who != reviewer}
