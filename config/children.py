"""The child processes of one run: started apart from the terminal, stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1


class Children:
    """Processes by name. Each leads its own session, so that we decide who stops when."""

    def __init__(self, folder: Path, *, grace: float) -> None:
        """`grace` is how many seconds they get to end their work."""
        self.folder = folder
        self.grace = grace
        self.processes: dict[str, subprocess.Popen] = {}

    def start(self, name: str, words: list[str], **environment: str) -> None:
        """Start one; where the system can do it, it ends when we are killed."""
        self.processes[name] = subprocess.Popen(
            words,
            cwd=self.folder,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )

    def ended(self) -> tuple[str, int] | None:
        """The first that is no longer running, with its exit code."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                return name, process.returncode
        return None

    def wait_for_any(self) -> tuple[str, int]:
        """Sleep until one of them ends."""
        while (ended := self.ended()) is None:
            time.sleep(0.5)
        return ended

    def stop(self) -> None:
        """Ask all to end, then insist."""
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + self.grace
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        self._signal(signal.SIGKILL)
        for process in self.processes.values():
            process.wait()

    def _signal(self, number: signal.Signals) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                with suppress(ProcessLookupError):
                    if number is signal.SIGKILL:
                        os.killpg(process.pid, number)
                    else:
                        process.send_signal(number)


def _end_with_parent() -> None:
    """Linux: the kernel sends SIGTERM to this process when its parent dies, even by kill -9."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
