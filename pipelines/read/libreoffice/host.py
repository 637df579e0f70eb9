"""The process in which LibreOffice runs: takes conversions from its standard input until that ends.

Run as a program of its own with the folder of LibreOffice's libraries, its command and a folder for its profile; it
imports nothing of ours. A job is a line of JSON with the paths `source` and `target`; the answer is one with `error`,
null where it went well. When the input ends (the worker is gone, however it went), everything that was started is
ended and the folder removed, even if LibreOffice hangs.

LibreOffice is called as a library where it can be (its C interface "LibreOfficeKit", on Linux: 0.05 s a document), else
as a command for each document (1-2 s). Documents are hostile: no macros, no links followed, no network.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

#: A converted document that is larger is no report; the system ends the process.
LARGEST_FILE = 256 << 20
_CLONE_NEWNET, _CLONE_NEWUSER = 0x40000000, 0x10000000
_SIGKILL = 9
#: LibreOffice's own settings, as `(path, property, value)`.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Save/Document", "LoadPrinter", "false"),
    ("Office.Common/Misc", "CrashReport", "false"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Office.Writer/Content/Update", "Chart", "false"),
    ("Office.Recovery/AutoSave", "Enabled", "false"),
    ("Office.Recovery/RecoveryInfo", "Enabled", "false"),
)

Convert = Callable[[Path, Path], None]


class RefusedError(Exception):
    """LibreOffice said no."""


def main() -> None:
    """Serve until the input ends. Arguments: folder of libraries, command, folder for the profile."""
    program, command, folder = (Path(argument) for argument in sys.argv[1:4])
    answers = _quiet()
    _confine()
    _write_settings(folder / "profile")
    commands = _Commands(command, folder / "profile")
    jobs: queue.Queue[dict[str, str]] = queue.Queue()
    threading.Thread(target=_listen, args=(jobs, folder, commands), daemon=True).start()
    convert = _kit(program, folder / "profile") or commands.convert
    answers.write(json.dumps({"error": None}) + "\n")
    answers.flush()
    while True:
        job = jobs.get()
        try:
            convert(Path(job["source"]), Path(job["target"]))
            error = None
        except (RefusedError, OSError) as problem:
            error = str(problem) or type(problem).__name__
        answers.write(json.dumps({"error": error}) + "\n")
        answers.flush()


def _listen(jobs: queue.Queue[dict[str, str]], folder: Path, commands: _Commands) -> None:
    for line in sys.stdin:
        jobs.put(json.loads(line))
    commands.end()
    for _ in range(3):  # LibreOffice may still be writing
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _quiet() -> TextIO:
    """Tell where answers go. What LibreOffice prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


def _confine() -> None:
    """No network, no endless file: as far as the system allows it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            system = ctypes.CDLL(None, use_errno=True)
            if system.unshare(_CLONE_NEWNET) != 0:  # allowed for root only; others need a user namespace around it
                system.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n',
        encoding="utf-8",
    )


# --- LibreOffice as a library


def _kit(program: Path, profile: Path) -> Convert | None:
    """LibreOffice loaded into this process; None where its libraries do not offer that."""
    if not sys.platform.startswith("linux"):
        return None
    for name in ("libmergedlo.so", "libsofficeapp.so"):
        with contextlib.suppress(OSError, AttributeError):
            hook = ctypes.CDLL(str(program / name)).libreofficekit_hook_2
            hook.restype, hook.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
            office = hook(os.fsencode(program), profile.as_uri().encode())
            return _Kit(office).convert if office else None
    return None


class _Kit:
    """The C interface: each object begins with a pointer to its table of functions, whose first entry is a size.

    See LibreOfficeKit.h: LibreOffice only ever adds to the ends of these tables.
    """

    _OFFICE_ERROR, _OFFICE_LOAD = 3, 4
    _DOCUMENT_DESTROY, _DOCUMENT_SAVE = 1, 2

    def __init__(self, office: int) -> None:
        self._office = office

    def convert(self, source: Path, target: Path) -> None:
        load = _entry(self._office, self._OFFICE_LOAD, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
        document = load(self._office, source.as_uri().encode(), b"EnableMacrosExecution=false,Batch=true")
        if not document:
            raise RefusedError(self._error())
        save = _entry(document, self._DOCUMENT_SAVE, ctypes.c_int, *[ctypes.c_char_p] * 3)
        saved = save(document, target.as_uri().encode(), b"docx", None)
        _entry(document, self._DOCUMENT_DESTROY, None)(document)
        if not saved:
            raise RefusedError(self._error())

    def _error(self) -> str:
        said = _entry(self._office, self._OFFICE_ERROR, ctypes.c_char_p)(self._office)
        return said.decode("utf-8", "replace") if said else "no reason was given"


def _entry(thing: int, index: int, result: Any, *arguments: Any) -> Callable[..., Any]:
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.c_void_p))[0]
    address = ctypes.cast(table or 0, ctypes.POINTER(ctypes.c_void_p))[index]
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(address or 0)


# --- LibreOffice as a command


class _Commands:
    """A new LibreOffice for each document. It is ended with all that it started."""

    def __init__(self, command: Path, profile: Path) -> None:
        self._command, self._profile = command, profile
        self._running: subprocess.Popen[bytes] | None = None

    def convert(self, source: Path, target: Path) -> None:
        arguments = (
            f"-env:UserInstallation={self._profile.as_uri()}",
            *("--headless", "--invisible", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target.parent), str(source)),
        )
        self._running = subprocess.Popen(
            [str(self._command), *arguments], stdin=subprocess.DEVNULL, start_new_session=os.name == "posix"
        )
        code = self._running.wait()
        self._running = None
        made = target.parent / f"{source.stem}.docx"
        if not made.is_file():  # the exit code is 0 even then
            raise RefusedError(f"nothing was converted (exit code {code})")
        made.replace(target)

    def end(self) -> None:
        """End the one that runs."""
        running = self._running
        if running is None:
            return
        with contextlib.suppress(OSError):
            if os.name == "posix":
                os.killpg(running.pid, _SIGKILL)
            else:
                running.kill()


if __name__ == "__main__":
    main()
