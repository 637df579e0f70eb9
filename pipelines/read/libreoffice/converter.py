"""Documents converted to DOCX by one LibreOffice that stays warm for many of them, and that can be killed.

Belongs here: starting, asking, giving up. Does not belong here: what LibreOffice is asked (`host`).
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipelines.read.libreoffice import host
from pipelines.read.libreoffice.find import Office

#: Seconds that a document may take, a first start included. Less than a worker's limit, so that the reason is known.
SECONDS = 90.0
#: LibreOffice keeps a little of each document, so it is started afresh after this many.
DOCUMENTS = 200
#: Seconds that the host has to end LibreOffice and clean up.
_FAREWELL = 5.0


class ConversionError(Exception):
    """There is no converted document. The message says why; `code` is `conversion_failed` or `timed_out`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Converter:
    """One LibreOffice, started with the first document and again after it was ended. Not for several threads."""

    def __init__(self, office: Office, seconds: float = SECONDS) -> None:
        self._office, self._seconds = office, seconds
        self._host: _Host | None = None

    def to_docx(self, data: bytes, suffix: str) -> bytes:
        """A document as DOCX. `suffix` (".doc") is what LibreOffice is told that it is. Raises `ConversionError`."""
        if self._host is None or self._host.served >= DOCUMENTS or not self._host.alive:
            self.close()
            self._host = _Host(self._office)
        try:
            return self._host.convert(data, suffix, self._seconds)
        except ConversionError:
            self.close()
            raise

    def close(self) -> None:
        """End LibreOffice and remove its folder."""
        if self._host is not None:
            self._host.end()
            self._host = None


class _Host:
    """The process in which LibreOffice runs, and its folder."""

    def __init__(self, office: Office) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gongkai-office-")).resolve()
        arguments = [host.__file__, str(office.program), str(office.command), str(self._folder)]
        try:
            self._process = self._started(arguments)
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise ConversionError("conversion_failed", f"LibreOffice could not be started: {error.strerror}") from error
        self._answers: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.served = 0
        self._greeted = False

    def _started(self, arguments: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-I", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(self._folder), "SAL_USE_VCLPLUGIN": "svp"},
            start_new_session=os.name == "posix",  # Ctrl-C is not for it: it ends with its input
            encoding="utf-8",
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def _listen(self) -> None:
        if self._process.stdout is not None:
            for line in self._process.stdout:
                self._answers.put(json.loads(line))
        self._answers.put({"error": "ended"})

    def convert(self, data: bytes, suffix: str, seconds: float) -> bytes:
        self.served += 1
        source, target = self._folder / f"{self.served}{suffix}", self._folder / f"{self.served}-converted.docx"
        source.write_bytes(data)
        self._ask({"source": str(source), "target": str(target)})
        if not self._greeted:
            self._answer(seconds)  # that it is ready
            self._greeted = True
        answer = self._answer(seconds)
        if answer["error"] is not None:
            raise ConversionError("conversion_failed", f"LibreOffice could not convert it: {answer['error']}")
        try:
            return target.read_bytes()
        except OSError as error:
            raise ConversionError("conversion_failed", "LibreOffice made nothing of it") from error
        finally:
            source.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

    def _ask(self, job: dict[str, str]) -> None:
        with suppress(OSError):  # one that has just died is noticed when its answer is awaited
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(job) + "\n")
                self._process.stdin.flush()

    def _answer(self, seconds: float) -> dict[str, Any]:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            raise ConversionError("timed_out", f"LibreOffice took longer than {seconds:g} s") from None
        if answer["error"] == "ended":
            raise ConversionError("conversion_failed", "LibreOffice crashed on it")
        return answer

    def end(self) -> None:
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()  # the host then ends LibreOffice and removes the folder
        try:
            self._process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


_converters: dict[Office, Converter] = {}


def own_converter(office: Office) -> Converter:
    """This process's own converter, ended when the process ends."""
    if office not in _converters:
        _converters[office] = Converter(office)
        atexit.register(_converters[office].close)
    return _converters[office]
