"""Text on a layer that a viewer hides is not read; on one that it shows, it is. The files are written out here."""

from __future__ import annotations

import zlib

from pipelines.read import pdf
from pipelines.read.document import Table
from pipelines.read.pdf_layers import has_layers
from tests.made.cases import folded

_PAGE = "BT /F 12 Tf 72 700 Td (Total 605) Tj ET /OC /L BDC BT /F 12 Tf 130 700 Td (7) Tj ET EMC"


def layered(state: str, content: str = _PAGE) -> bytes:
    """A PDF of one page with one layer, which is `ON` or `OFF`; some of its text stands on that."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R] /D << /{state} [6 0 R] >> >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F 5 0 R >> /Properties << /L 6 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /OCG /Name (layer) >>",
    ]
    body, places = "%PDF-1.5\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 7\n0000000000 65535 f \n{table}trailer << /Root 1 0 R /Size 7 >>\nstartxref\n{len(body)}\n%%EOF"
    return (body + end).encode()


def text_of(data: bytes) -> str:
    return " ".join(block.text for block in pdf.read(data).blocks if not isinstance(block, Table))


def test_text_on_a_hidden_layer_is_not_read() -> None:
    assert "".join(text_of(layered("OFF")).split()) == "Total605"


def test_text_on_a_layer_that_is_shown_is_read() -> None:
    assert "".join(text_of(layered("ON")).split()) == "Total6057"


@folded(
    ("inside", "expected"),
    [(b"<< /OCProperties << /OCGs [] >> >>", True), (b"<< /Type /Catalog /Pages 2 0 R >>", False)],
)
def test_layers_are_seen_in_compressed_objects(inside: bytes, expected: bool) -> None:
    stream = zlib.compress(inside)
    data = b"1 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + stream + b"\nendstream endobj"
    assert has_layers(data) is expected


def test_a_damaged_stream_has_no_layers() -> None:
    assert not has_layers(b"<< /Type /ObjStm >>\nstream\nnot compressed at all\nendstream")
