"""The server of the site: parts of files, types, and nothing outside its folder."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import GONGKAI
from tests.made.sites import served


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "release"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "a.wasm").write_bytes(bytes(range(100)))
    (folder / "a.js").write_text("1")
    (folder / "leer.html").write_text("")
    with served(folder) as found:
        yield found


def ask(address: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.parametrize(
    ("wanted", "status", "first", "length", "said"),
    [
        ("bytes=0-9", 206, 0, 10, "bytes 0-9/100"),
        ("bytes=90-", 206, 90, 10, "bytes 90-99/100"),
        ("bytes=95-400", 206, 95, 5, "bytes 95-99/100"),
        ("bytes=-7", 206, 93, 7, "bytes 93-99/100"),
        ("bytes=-900", 206, 0, 100, "bytes 0-99/100"),
        ("bytes=100-", 416, 0, 0, "bytes */100"),
        ("bytes=9-3", 416, 0, 0, "bytes */100"),
        ("lines=1-2", 416, 0, 0, "bytes */100"),
    ],
)
def test_a_part_of_a_file(address: str, wanted: str, status: int, first: int, length: int, said: str) -> None:
    answer, body = ask(address, "/a.wasm", Range=wanted)
    assert (answer.status, answer.headers["Content-Range"]) == (status, said)
    assert body == bytes(range(first, first + length))


def test_types_that_browsers_insist_on(address: str) -> None:
    answer, body = ask(address, "/a.wasm")
    assert (answer.status, answer.headers["Content-Type"], len(body)) == (200, "application/wasm", 100)
    assert ask(address, "/a.js")[0].headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert ask(address, "/leer.html")[1] == b""
    assert answer.headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/", "/nothing.html"])
def test_nothing_else_is_given(address: str, path: str) -> None:
    answer, body = ask(address, path)
    assert answer.status == 404
    assert b"secret" not in body.replace(path.encode(), b"")


def test_the_command_serves_the_newest_release_and_says_where(tmp_path: Path) -> None:
    site = tmp_path / "releases" / "2025.11.26" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("here")
    (tmp_path / "releases" / "latest").symlink_to("2025.11.26")
    command = [str(GONGKAI), "serve", "-w", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        address = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        answer, _ = ask(address, "/")
        assert (answer.status, answer.headers["Location"]) == (302, "/site/index.html")
        assert ask(address, "/site/index.html")[1] == b"here"
        running.terminate()


def test_without_a_release_the_command_says_what_makes_one(tmp_path: Path) -> None:
    done = subprocess.run([str(GONGKAI), "serve", "-w", str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "gongkai build" in done.stderr
