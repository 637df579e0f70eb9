"""Who reports: provincial and prefectural governments of the division tree."""

from __future__ import annotations

import random
from dataclasses import dataclass

from pipelines.bodies.divisions import divisions
from pipelines.bodies.naming import body_of


@dataclass(frozen=True, slots=True)
class Body:
    """A government: its columns of `reports`, how large it is, and whether it leaves zeros blank."""

    body_id: str
    name: str
    level: str
    code: str
    government_name: str
    province_code: str
    province_name: str
    size: float
    blank_zeros: bool


def bodies(seed: int, province_count: int = 31, city_count: int = 300) -> list[Body]:
    """That many provinces, and cities in them, the same for the same seed."""
    dice = random.Random(f"{seed}-bodies")
    provinces = sorted(d.code for d in divisions().values() if d.level == "province" and d.code < "710000")
    chosen = sorted(dice.sample(provinces, province_count))
    cities = sorted(d.code for d in divisions().values() if d.level == "prefecture" and d.province_code in chosen)
    codes = [*chosen, *sorted(dice.sample(cities, min(city_count, len(cities))))]
    return [_body(code, dice) for code in codes]


def _body(code: str, dice: random.Random) -> Body:
    division = divisions()[code]
    known = body_of(f"{division.name}人民政府")
    # Half of all bodies lie within a factor of two of the middle one, as received requests of cities do.
    size = dice.lognormvariate(0, 0.9)
    return Body(
        body_id=known.body_id,
        name=known.name,
        level=division.level,
        code=code,
        government_name=division.name,
        province_code=division.province_code,
        province_name=divisions()[division.province_code].name,
        size=min(max(size, 0.1), 10.0),
        blank_zeros=dice.random() < 0.1,
    )
