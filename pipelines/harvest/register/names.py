"""How the register writes a division: by a name that means it and no other within its province.

Nothing else belongs here.
"""

from __future__ import annotations

from functools import lru_cache

from pipelines.bodies.divisions import Division, divisions, find, short_name


def province_of(division: Division) -> str:
    """A division's province as the register writes it: 浙江, 内蒙古."""
    return short_name(divisions()[division.province_code].name)


def full_name(division: Division) -> str:
    """A division's name with all those above it: 湖南省张家界市永定区, which means one division of the country."""
    return "".join(divisions()[code].name for code in reversed(division.above)) + division.name


@lru_cache(maxsize=8192)
def register_name(division: Division) -> str:
    """A division's name, behind that of its prefecture where the province has several of the name: 南京市鼓楼区."""
    found = find(division.name, province_of(division)).division
    if found is not None and found.code == division.code:
        return division.name
    above = divisions()[division.above[0]].name if division.above else ""
    return f"{above}{division.name}"
