"""A broker in a folder in which no half-written file can be read.

kombu's `filesystem` transport creates a file and then fills it; a worker that lists
the folder in between reads an empty message and dies (kombu #1551). This one writes
beside the folder and moves the finished file in.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """The same channel, with a whole file or none."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]  # one stub calls it message, the other payload
        name = f"{time.time_ns() // 1_000_000}_{uuid.uuid4()}.{queue}.msg"
        self._place(Path(self.data_folder_out) / name, payload)

    def _queue_bind(
        self, exchange: str, routing_key: str | None, pattern: str | None, queue: str
    ) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue)
        table = self.get_table(exchange)
        if bound not in table:
            file = self._exchange_file(exchange)  # type: ignore[attr-defined]  # not in the stubs
            self._place(file, [bound, *table])

    def _place(self, target: Path, content: Any) -> None:
        unfinished = target.parent.parent / f"{uuid.uuid4()}.part"
        unfinished.write_bytes(dumps(content).encode())
        unfinished.replace(target)


class Transport(filesystem.Transport):
    Channel = Channel


def install(options: dict[str, Any]) -> None:
    """Make `safefs://` known to kombu, and the folders that it expects to find."""
    TRANSPORT_ALIASES["safefs"] = "config.safefs:Transport"
    for key in ("data_folder_in", "data_folder_out", "control_folder"):
        Path(options[key]).mkdir(parents=True, exist_ok=True)
