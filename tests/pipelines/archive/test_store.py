"""The archive on every kind of store: a folder, a folder by its address, an object store."""

from __future__ import annotations

import hashlib
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from pipelines.archive import by_hash
from pipelines.archive.by_hash import ArchiveError, keep, keep_response, load, load_response, name_of, responses, verify
from pipelines.archive.store import Location, store
from pipelines.files import sweep
from pipelines.harvest.ledger import index
from tests.made.fetched import URL, kept, response

BODY = b"<html>report</html>"
SHA = hashlib.sha256(BODY).hexdigest()
WARC = f"{SHA[:2]}/{SHA}.warc.gz"


@pytest.fixture(params=["folder", "text", "file", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Location]:
    """A place for an archive that nothing is in."""
    if request.param == "memory":
        root = f"memory://{uuid.uuid4().hex}/archive"
        yield root
        fsspec.filesystem("memory").rm(root.rpartition("/")[0], recursive=True) if list(store(root).names()) else None
    else:
        folder = tmp_path / "里 面" / "archive"
        yield {"folder": folder, "text": str(folder), "file": f"file://{folder}"}[request.param]


class TestStore:
    def test_nothing_is_there_at_first(self, place: Location) -> None:
        where = store(place)
        assert (list(where.names()), list(where.names("index")), where.size("ab/x")) == ([], [], None)
        with pytest.raises(FileNotFoundError):
            where.get("ab/x")

    def test_what_is_put_is_there_under_its_name(self, place: Location) -> None:
        where = store(place)
        for name, data in (("b/2", b"two"), ("a/年报 1#%.html", b"\0"), ("b/1", b""), ("top", b"t")):
            where.put(name, data)
            assert (where.get(name), where.size(name)) == (data, len(data))
        assert list(where.names()) == ["a/年报 1#%.html", "b/1", "b/2", "top"]
        assert list(where.names("b")) == ["b/1", "b/2"]
        assert (where.size("b"), where.size("c")) == (where.size("b"), None)

    def test_what_is_put_again_is_replaced(self, place: Location) -> None:
        where = store(place)
        where.put("a/1", b"one")
        where.put("a/1", b"another")
        assert (where.get("a/1"), where.size("a/1"), list(where.names())) == (b"another", 7, ["a/1"])

    def test_another_writers_objects_are_seen(self, place: Location) -> None:
        where = store(place)
        where.put("a/1", b"1")
        assert list(where.names()) == ["a/1"]
        store.__wrapped__(place).put("a/2", b"2")
        assert list(where.names()) == ["a/1", "a/2"]


class TestArchive:
    def test_a_response_is_kept_once(self, place: Location) -> None:
        first = keep_response(place, response(BODY))
        data = store(place).get(WARC)
        again = keep_response(place, response(BODY, url="http://b.gov.cn/", requested_at="2027-01-01T00:00:00.000Z"))
        assert (first.sha256, first.known, again.known) == (SHA, False, True)
        assert first.warc_sha256 == again.warc_sha256 == hashlib.sha256(data).hexdigest()
        assert store(place).get(WARC) == data
        assert load_response(place, SHA).url == URL
        assert load(place, SHA) == BODY

    def test_a_document_and_a_response_of_the_same_bytes_lie_side_by_side(self, place: Location) -> None:
        assert keep(place, BODY) == SHA
        assert not keep_response(place, response(BODY)).known
        assert list(store(place).names()) == [name_of(SHA), WARC]
        assert load(place, SHA) == BODY
        assert load_response(place, SHA).body == BODY
        assert responses(place) == [SHA]

    def test_a_document_that_was_fetched_before_is_not_kept_twice(self, place: Location) -> None:
        keep_response(place, response(BODY))
        assert keep(place, BODY) == SHA
        assert list(store(place).names()) == [WARC]
        assert by_hash.has(place, SHA, len(BODY)) and not by_hash.has(place, "0" * 64, 1)

    def test_a_damaged_response_is_mended_by_keeping_it_again(self, place: Location) -> None:
        keep_response(place, response(BODY))
        whole = store(place).get(WARC)
        for damaged in (b"", whole[:-20], whole.replace(whole[40:44], b"xxxx")):
            store(place).put(WARC, damaged)
            assert verify(place).damaged == [WARC]
            with pytest.raises(ArchiveError, match=f"{SHA}.*fetch the address again"):
                load(place, SHA)
            assert not keep_response(place, response(BODY)).known
            assert verify(place).damaged == []

    def test_a_document_is_kept_beside_a_response_that_is_damaged(self, place: Location) -> None:
        keep_response(place, response(BODY))
        store(place).put(WARC, b"damaged")
        keep(place, BODY)
        assert load(place, SHA) == BODY

    def test_a_response_with_another_body_than_its_name_says_is_not_given_out(self, place: Location) -> None:
        keep_response(place, response(b"other"))
        other = name_of(hashlib.sha256(b"other").hexdigest(), response=True)
        store(place).put(WARC, store(place).get(other))
        with pytest.raises(ArchiveError, match="another body"):
            load(place, SHA)
        assert verify(place).damaged == [WARC]

    def test_a_body_of_no_bytes_can_be_kept(self, place: Location) -> None:
        empty = keep_response(place, response(b"")).sha256
        assert load(place, empty) == b""

    def test_what_is_there_is_counted_and_what_is_strange_is_named(self, place: Location) -> None:
        keep(place, b"document")
        keep_response(place, response(BODY))
        store(place).put("readme.txt", b"x")
        store(place).put(f"00/{SHA}", b"x")
        store(place).put(f"{SHA[:2]}/{SHA}.warc", b"x")
        found = verify(place)
        assert (found.documents, found.responses, found.damaged) == (1, 1, [])
        assert found.strange == sorted([f"00/{SHA}", f"{SHA[:2]}/{SHA}.warc", "readme.txt"])
        assert found.bytes == len(b"document") + (store(place).size(WARC) or 0)

    def test_what_is_missing_is_named(self, place: Location) -> None:
        with pytest.raises(ArchiveError, match="f" * 64):
            load(place, "f" * 64)


class TestFound:
    """Together, `verify` and the index find every change of an archive."""

    def test_every_flipped_byte_of_a_response_is_found(self, place: Location) -> None:
        row = kept(place, response(BODY))
        whole = store(place).get(WARC)
        assert index.problems(place, [row]) == []
        for at in range(0, len(whole), 13):
            store(place).put(WARC, whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
            assert index.problems(place, [row]) == [f"the response {SHA} lies in another file than the index says"]
        store(place).put(WARC, whole + b"\0")
        assert len(index.problems(place, [row])) == 1

    def test_every_flipped_byte_and_cut_of_the_index_is_found(self, place: Location) -> None:
        index.write(place, "20260120T030000.000000Z", [kept(place, response(BODY))])
        (name,) = store(place).names("index")
        whole = store(place).get(name)
        for at in range(0, len(whole), 331):
            for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
                store(place).put(name, data)
                (problem,) = index.problems(place)
                assert problem.startswith(name)
        assert verify(place).strange == []

    def test_a_response_that_is_gone_is_missed(self, place: Location) -> None:
        row = kept(place, response(BODY))
        other = kept(store_beside(place), response(b"elsewhere"))
        assert index.problems(place, [row]) == []
        assert index.problems(place, [row, other]) == [
            f"the index speaks of the response {other.sha256}, which the archive does not hold"
        ]


def store_beside(place: Location) -> Location:
    """Another archive of the same kind."""
    return place / "beside" if isinstance(place, Path) else f"{place}-beside"


def test_what_a_killed_writer_left_is_passed_over_and_swept(tmp_path: Path) -> None:
    keep_response(tmp_path, response(BODY))
    left = tmp_path / SHA[:2] / f".{SHA}.warc.gz.7-9.tmp"
    left.write_bytes(b"half")
    assert list(store(tmp_path).names()) == [WARC]
    found = verify(tmp_path)
    assert (found.damaged, found.strange, found.responses) == ([], [], 1)
    sweep(tmp_path, "*/.*.tmp")
    assert not left.exists() and (tmp_path / WARC).is_file()


def test_one_body_that_many_threads_bring_at_once_is_kept_once(tmp_path: Path) -> None:
    """As the page of many sites for what is missing; each address has its own WARC, and only one may stay."""
    for turn in range(20):
        start, found = threading.Barrier(6), []

        def bring(number: int, start: threading.Barrier = start, found: list[object] = found, turn: int = turn) -> None:
            came = response(b"%d" % turn * 50_000, url=f"http://{number}.gov.cn/")
            start.wait()
            found.append(keep_response(tmp_path, came))

        threads = [threading.Thread(target=bring, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 6
        assert len({each.warc_sha256 for each in found}) == 1  # type: ignore[attr-defined]
        assert sum(not each.known for each in found) == 1  # type: ignore[attr-defined]
    assert (verify(tmp_path).responses, verify(tmp_path).damaged) == (20, [])


def test_an_object_that_cannot_be_read_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = kept(tmp_path, response(BODY))
    keep(tmp_path, b"document")
    whole = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name.endswith(".warc.gz"):
            raise OSError(5, "Input/output error")
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert verify(tmp_path).damaged == [WARC]
    assert index.problems(tmp_path, [row]) == [f"the index speaks of the response {SHA}, which cannot be read"]
