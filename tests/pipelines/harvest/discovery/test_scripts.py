"""Addresses that scripts join: whole or not at all."""

from __future__ import annotations

from pipelines.harvest.discovery.scripts import joined_in, scripts_in, values_in


def joined(script: str) -> list[str]:
    return list(joined_in(script, values_in(script)))


def test_pieces_and_values_make_an_address_of_the_first_page() -> None:
    assert joined('var id = "f4e1"; load("/search/" + id + "?page=" + p);') == ["/search/f4e1?page=1"]
    assert joined("var o = {cid: 12}; go('/list/'+o.cid+'/'+pageNo+'.json')") == ["/list/12/1.json"]


def test_templates_are_filled() -> None:
    assert joined("let id = 'f4'; ask(`/search/${id}?page=${page}`)") == ["/search/f4?page=1"]
    assert joined("ask(`/search/${secret}?page=${page}`)") == []


def test_an_unknown_piece_makes_none() -> None:
    assert joined('load("/search/" + secret + "?page=" + p);') == []
    assert joined('var id = make("x"); load("/search/" + id);') == []


def test_scripts_with_an_address_of_their_own_are_not_the_pages() -> None:
    assert scripts_in("<script src='/a.js'>x</script><SCRIPT>y</SCRIPT>") == "y"
