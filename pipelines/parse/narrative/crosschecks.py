"""Figures against one another and against the statutory tables: sums, parts, shares, and prose against table.

A check that fails marks both sides: the figures are `contradicted`, and the cells say in `prose` that the narrative
states another number. The grade of the cells is left alone: it is the form's own arithmetic, and prose often speaks of
one organ where the table speaks of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from expectations.identities import Number
from expectations.indicators import Indicator, indicators
from pipelines.parse.narrative.findings import AT_LEAST, AT_MOST, Finding, are_exact, name, place
from pipelines.parse.narrative.list_checks import lists
from pipelines.parse.report import Check, Fact, Figure

#: Whom a figure of one organ speaks for.
_ORGANS = frozenset({"organ", "own_level"})


def check(figures: Sequence[Figure], facts: Sequence[Fact], scope: str) -> list[Check]:
    """All checks of a report's figures. Grades the figures and marks the cells that the narrative states.

    `scope` is the report's: a figure of one organ proves nothing about a table of the whole territory.
    """
    found = [
        *_sums(figures),
        *_parts(figures),
        *lists(figures),
        *_shares(figures),
        *_against_tables(figures, facts, scope),
    ]
    _grade(found)
    return [finding.check for finding in found]


def _grade(found: Iterable[Finding]) -> None:
    """`contradicted` where one check fails, `verified` where at least one holds and none fails."""
    for outcome, grade in (("holds", "verified"), ("fails", "contradicted")):
        for finding in found:
            if finding.check.outcome == outcome:
                for figure in finding.figures:
                    figure.grade = grade
                for fact in finding.facts:
                    fact.prose = outcome


def _sums(figures: Sequence[Figure]) -> Iterator[Finding]:
    """The parts that the dictionary says add up to a whole, wherever a sentence states the whole and some of them."""
    for index, whole in enumerate(figures):
        indicator = _amount(whole)
        for codes in indicator.parts if indicator else ():
            stated = _stated(figures, index, codes)
            if stated:
                yield _sum(index, whole, codes, stated)


def _stated(figures: Sequence[Figure], whole: int, codes: Sequence[str]) -> list[Figure]:
    """The parts of a whole, in the text's order; the first of each, as a later one speaks of something narrower."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.part_of == whole and figure.aspect == "amount" and figure.indicator and figure.indicator in codes:
            found.setdefault(figure.indicator, figure)
    return list(found.values())


def _sum(index: int, whole: Figure, codes: Sequence[str], stated: Sequence[Figure]) -> Finding:
    total = sum((figure.value for figure in stated), Decimal(0))
    exact = are_exact((whole, *stated))
    complete = len(stated) == len(codes)
    says = f"{name(whole)} {whole.value} = {' + '.join(f'{name(f)} {f.value}' for f in stated)}"
    if exact and total == whole.value:
        outcome, message = "holds", says
    elif exact and (complete or total > whole.value):
        outcome, message = "fails", f"{total} against {whole.value}; {says}"
    else:
        outcome, message = "not_testable", f"not all parts are stated, or not exactly; {says}"
    result = Check("prose", "figures.sum", place(index, whole, stated[0]), outcome, message, whole.value, total)
    return Finding(result, (whole, *stated))


def _parts(figures: Sequence[Figure]) -> Iterator[Finding]:
    """No part is more than its whole."""
    for index, part in enumerate(figures):
        if part.part_of is None or part.aspect != "amount":
            continue
        whole = figures[part.part_of]
        if whole.aspect != "amount" or whole.unit != part.unit:
            continue
        holds = part.value <= whole.value or whole.qualifier in AT_LEAST
        says = f"{name(part)} {part.value} is part of {name(whole)} {whole.value}"
        outcome = "holds" if holds else "fails"
        # Being less proves little: only a part that is too large tells, so nothing is verified by this.
        figures_of = () if holds else (part, whole)
        result = Check("prose", "figures.part", place(index, part), outcome, says, part.value, whole.value)
        yield Finding(result, figures_of)


def _shares(figures: Sequence[Figure]) -> Iterator[Finding]:
    """A share (占33.9%) against the amount that it is said of and the whole of that."""
    for index, share in enumerate(figures):
        if share.aspect != "share" or share.unit != "%" or share.part_of is None:
            continue
        part = figures[share.part_of]
        wholes = [whole for whole in _wholes(figures, share.part_of) if whole.value]
        if part.aspect == "amount" and wholes:
            yield _share(index, share, part, wholes)


def _wholes(figures: Sequence[Figure], part: int) -> list[Figure]:
    """Tell what an amount can be a share of: its whole, else the amounts of that indicator or its like before it."""
    amount = figures[part]
    if amount.part_of is not None:
        return [figures[amount.part_of]]
    indicator = _amount(amount)
    code = indicator.part_of if indicator else None
    codes = {code} | _LIKE.get(code or "", set())
    same = [f for f in figures[:part] if f.indicator in codes and f.aspect == "amount" and f.unit == amount.unit]
    return [f for f in same if f.number.section == amount.number.section]


#: Shares of outcomes are stated of the requests answered or of those received.
_LIKE: Mapping[str, set[str]] = {"requests_answered": {"requests_received"}}


def _share(index: int, share: Figure, part: Figure, wholes: Sequence[Figure]) -> Finding:
    fitting = next((whole for whole in wholes if _fits(share, part, whole)), None)
    whole = fitting or wholes[-1]
    exact = round(Decimal(part.value) * 100 / Decimal(whole.value), 4)
    says = f"{name(part)} {part.value} of {name(whole)} {whole.value} is {exact} %, printed as {share.value} %"
    outcome = "holds" if fitting else "fails"
    if not fitting and any(figure.qualifier for figure in (part, whole)):
        outcome = "not_testable"
    result = Check("prose", "figures.share", place(index, share, part), outcome, says, share.value, exact)
    return Finding(result, (share, part, whole))


def _fits(share: Figure, part: Figure, whole: Figure) -> bool:
    """Tell whether a printed percentage is the exact one rounded or cut off, or on its right side where it says 超 or 近."""
    exact = Decimal(part.value) * 100 / Decimal(whole.value)
    printed = Decimal(share.value)
    if share.qualifier in AT_LEAST:
        return exact >= printed
    if share.qualifier in AT_MOST:
        return exact <= printed
    digits = -int(printed.as_tuple().exponent)
    return abs(exact - printed) < Decimal(1).scaleb(-digits) * (5 if share.qualifier == "约" else 1)


def _against_tables(figures: Sequence[Figure], facts: Sequence[Fact], scope: str) -> Iterator[Finding]:
    """Tell what the narrative states of a cell of the tables, indicator by indicator."""
    cells = {f"{fact.table}/{fact.row}/{fact.column}": fact for fact in facts}
    for code, indicator in indicators().items():
        if not indicator.facts:
            continue
        stated = [
            f for f in figures if f.indicator == code and f.aspect == "amount" and f.value_to is None and not f.owner
        ]
        options = [option for line in indicator.facts if (option := _cells(line, cells))]
        yield _against_table(indicator, stated, options, scope)


def _cells(line: Sequence[str], cells: Mapping[str, Fact]) -> list[Fact]:
    """The cells that a line of the dictionary adds up (`denied.*` for all below it); none where one holds no number."""
    found: list[Fact] = []
    for cell in line:
        table, row, column = cell.split("/")
        if row.endswith(".*"):
            start, end = f"{table}/{row[:-1]}", f"/{column}"
            named = [fact for place, fact in cells.items() if place.startswith(start) and place.endswith(end)]
        else:
            named = [cells[cell]] if cell in cells else []
        if not named or any(fact.value is None for fact in named):
            return []
        found += named
    return found


def _against_table(
    indicator: Indicator, stated: Sequence[Figure], options: Sequence[Sequence[Fact]], scope: str
) -> Finding:
    """One figure that agrees is enough: others of the indicator speak of something narrower."""
    code = "figures.table"
    if not stated or not options:
        message = f"the narrative or the table gives no number for {indicator.zh}"
        left = stated[0].value if stated else None
        return Finding(Check("prose", code, indicator.code, "not_testable", message, left), ())
    for figure in stated:
        for cells in options:
            if _agree(figure, _total(cells)):
                says = f"the narrative agrees with the table on {indicator.zh}"
                check = Check("prose", code, indicator.code, "holds", says, figure.value, _total(cells))
                return Finding(check, (figure,), tuple(cells))
    figure, cells = stated[0], options[0]
    says = f"the narrative says {figure.value} for {indicator.zh}, the table {_total(cells)}"
    if figure.scope in _ORGANS and scope != "organ":
        check = Check("prose", code, indicator.code, "not_testable", f"{says}; it speaks of one organ")
        return Finding(check, ())
    check = Check("prose", code, indicator.code, "fails", says, figure.value, _total(cells))
    return Finding(check, (figure,), tuple(cells))


def _agree(figure: Figure, printed: Number) -> bool:
    if figure.qualifier in AT_LEAST:
        return figure.value <= printed < figure.value * 2
    if figure.qualifier in AT_MOST:
        return figure.value / 2 < printed <= figure.value
    return figure.value == printed


def _total(cells: Sequence[Fact]) -> Number:
    return sum((fact.value for fact in cells if fact.value is not None), 0)


def _amount(figure: Figure) -> Indicator | None:
    """The indicator of an amount; None for unmapped ones, shares, changes and ranks."""
    if figure.aspect != "amount" or figure.indicator is None:
        return None
    return indicators()[figure.indicator]
