"""Columns in folders: year → group → reports, bare names in a year's page, tables of units and years."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.web.replica_like.frame import ORGANS, Entry, Kind, Made, lines
from tests.web.situations.situation import Row

#: How the folder of a year is spelled on real sites.
SPELLINGS: tuple[Callable[[int], str], ...] = (
    lambda y: f"{y}nb",
    lambda y: f"{y}n{y % 10}8",
    lambda y: f"c{y}niandu5",
    lambda y: f"{y}43",
    lambda y: f"{y % 100}jdbsc",
    lambda y: f"nb{y}",
    lambda y: f"{y}",
    lambda y: f"{y}n_5975415",
    lambda y: f"col{(y - 2000) * 7919}",
)
YEARS = (2025, 2024, 2023)
ROOT = "/zfxxgkzl/zfxxgknb/"


def _links(pairs: Sequence[tuple[str, str]]) -> str:
    return "<ul>" + "".join(f'<li><a href="{href}">{name}</a></li>' for href, name in pairs) + "</ul>"


def _spelled(made: Made) -> dict[int, str]:
    spelling = made.rng.choice(SPELLINGS)
    return {year: f"{ROOT}{spelling(year)}/" for year in YEARS}


def _root(made: Made, folders: dict[int, str]) -> None:
    names = made.rng.choice(("{}年", "{}年度", "{}", "{}年政府信息公开年报", "{}年度政府信息公开工作年度报告"))
    made.page(ROOT, "政府信息公开年报", _links([(path, names.format(year)) for year, path in folders.items()]))


def _year_then_group(kind: str) -> Callable[[Made], None]:
    """The body is a department, a township or the county itself; its group is one of three below each year."""

    def make(made: Made) -> None:
        organ, town = (
            f"{made.county}{made.rng.choice(ORGANS)}",
            f"{made.county}{made.rng.choice(('高岭', '漕河', '大涌'))}镇人民政府",
        )
        body = {"department": organ, "township": town, "government": f"{made.county}人民政府"}[kind]
        folders = _spelled(made)
        _root(made, folders)
        groups = {
            "government": ("qzf", "县政府"),
            "department": ("bm", "县政府部门"),
            "township": ("xz", made.rng.choice(("镇乡街道", "乡镇（街道）", "镇街"))),
        }
        for year, path in folders.items():
            made.page(
                path,
                f"{year}年_政府信息公开年报",
                _links([(f"{path}{short}{year}/", name) for short, name in groups.values()]),
            )
            for each, (short, name) in groups.items():
                inner = f"{path}{short}{year}/"
                owners = [body] if each == kind else []
                others = {
                    "department": [f"{made.county}{o}" for o in ORGANS[:4]],
                    "township": [f"{made.county}白庙镇人民政府"],
                    "government": [f"{made.county}人民政府"],
                }[each]
                entries = []
                for whose in dict.fromkeys([*owners, *others]):
                    file = f"{inner}{year + 1}01/t{year + 1}0120_{made.rng.randrange(10**6, 10**7)}.html"
                    made.report(file, whose, year, wanted=whose == body)
                    entries.append(Entry(file, f"{whose}{year}年政府信息公开工作年度报告", f"{year + 1}-01-20"))
                made.page(inner, f"{name}_{year}年", lines(entries))
        made.rows.append(Row(ROOT, body, made.place.name))

    return make


def _bare_names(*, covers: str) -> Callable[[Made], None]:
    """A year's page links bodies by nothing but their names, under headings of groups."""

    def make(made: Made) -> None:
        own = f"{made.county}人民政府"
        body = own if covers == "territory" else f"{made.county}{ORGANS[0]}"
        folders = _spelled(made)
        _root(made, folders)
        for year, path in folders.items():
            named = {
                "县政府": own,
                **{f"县{o}": f"{made.county}{o}" for o in ORGANS[:5]},
                "高岭镇": f"{made.county}高岭镇",
            }
            links = []
            for name, whose in named.items():
                file = f"{path}{year + 1}03/t{year + 1}0320_{made.rng.randrange(10**6, 10**7)}.html"
                made.report(file, whose, year, wanted=covers == "territory" or whose == body)
                links.append((file, name))
            inner = f"<h2>{year}年度政府信息公开工作年度报告</h2><h3>部门</h3>{_links(links)}"
            made.page(path, f"{year}年_政府信息公开年报_{made.place.name}人民政府", inner)
        made.rows.append(Row(ROOT, body, made.place.name, covers=covers))

    return make


def _table(*, years_on_top: bool) -> Callable[[Made], None]:
    """A table of units and years, with 查看 where they meet."""

    def make(made: Made) -> None:
        own = f"{made.county}人民政府"
        units = {"县政府": own, **{f"县{o}": f"{made.county}{o}" for o in made.rng.sample(ORGANS, 4)}}
        files = {}
        for name, whose in units.items():
            for year in YEARS:
                files[name, year] = f"{ROOT}{year + 1}03/t{year + 1}0320_{made.rng.randrange(10**6, 10**7)}.html"
                made.report(files[name, year], whose, year)
        on_top, at_side = (
            ([f"{y}年" for y in YEARS], list(units)) if years_on_top else (list(units), [f"{y}年" for y in YEARS])
        )
        rows = ""
        for side in at_side:
            pairs = [((side, int(top[:4])) if years_on_top else (top, int(side[:4]))) for top in on_top]
            rows += (
                f"<tr><td>{side}</td>"
                + "".join(f'<td><a href="{files[pair]}">查看</a></td>' for pair in pairs)
                + "</tr>"
            )
        head = "<tr><th>单位</th>" + "".join(f"<th>{top}</th>" for top in on_top) + "</tr>"
        made.page(ROOT, "政府信息公开年报", f"<table>{head}{rows}</table>")
        made.rows.append(Row(ROOT, own, made.place.name, covers="territory"))

    return make


def _units_then_years(made: Made) -> None:
    """The column links bodies, and each body's list its years."""
    own, body = f"{made.county}人民政府", f"{made.county}{made.rng.choice(ORGANS[:5])}"
    pairs = []
    for number, organ in enumerate(ORGANS[:5]):
        whose, folder = f"{made.county}{organ}", f"{ROOT}bm{number}/"
        pairs.append((folder, f"县{organ}"))
        links = []
        for year in YEARS:
            file = f"{folder}{year + 1}01/t{year + 1}0120_{made.rng.randrange(10**6, 10**7)}.html"
            made.report(file, whose, year, wanted=whose == body)
            links.append((file, f"{year}年度报告"))
        made.page(folder, f"{organ}_政府信息公开年报", _links(links))
    file = f"{ROOT}202603/t20260311_{made.rng.randrange(10**6, 10**7)}.html"
    made.report(file, own, 2025, wanted=False)
    made.page(ROOT, "政府信息公开年报", _links([(file, f"{own}2025年政府信息公开工作年度报告"), *pairs]))
    made.rows.append(Row(ROOT, body, made.place.name))


KINDS = (
    *(Kind(f"folders-group-{kind}", _year_then_group(kind)) for kind in ("department", "township", "government")),
    Kind("folders-bare-territory", _bare_names(covers="territory")),
    Kind("folders-bare-body", _bare_names(covers="body")),
    Kind("folders-table-years-on-top", _table(years_on_top=True)),
    Kind("folders-table-units-on-top", _table(years_on_top=False)),
    Kind("folders-units-then-years", _units_then_years),
)
