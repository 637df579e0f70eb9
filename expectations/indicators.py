"""The indicator dictionary as data: `data/indicators.yaml` read into plain types. No code spells out a phrasing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from expectations.data_files import DATA, DataFileError, read_yaml, refuse_places
from expectations.narrative_words import classes, object_classes
from expectations.yaml_shape import Fault, Keys, Named, Several, Text, Whole, YesNo

INDICATORS_FILE = DATA / "indicators.yaml"

#: `<` lets a word stand before the number in the paragraph or its heading, `@` also behind it in the sentence.
_MARKS = "<@"
TIERS = ("specific", "general", "fallback")
#: What makes a name doubtful; `data/indicators.yaml` says what each is and takes.
DOUBTS = (
    "rival_near",
    "rival_loose",
    "other_family",
    "weak_fit",
    "very_weak",
    "noun_before",
    "stock",
    "by_default",
    "unexplained",
    "rate",
    "part",
    "listed",
    "inherited",
)
_MACRO = re.compile(r"\{(\w+)\}")

_TEXTS = Several(Text(), least=1)
_INDICATOR = Keys(
    {**dict.fromkeys(("code", "group", "zh", "en", "definition", "unit"), Text()), "says": _TEXTS},
    {
        "measures": Text(),
        "unless": Text(),
        "part_of": Text(),
        "parts": _TEXTS,
        "facts": _TEXTS,
        "main": YesNo(),
        "tier": Text(TIERS),
        "attended_by": Text(),
        "answered_as": Text(),
        "rate_as": Text(),
        "never": Text(),
        "acts": Text(),
        "stock": YesNo(),
        "objects": Text(),
        "children": Text(),
    },
)
_FILE = Keys(
    {
        "measures": Named(Text()),
        "words": Named(Text()),
        "verbs": Text(),
        "bound": Whole(0, 100),
        "confidence": Keys(dict.fromkeys(("start", *DOUBTS), Whole(-1000, 1000))),
        "groups": Named(Keys({"zh": Text(), "en": Text()}, {"never": Text()})),
        "indicators": Several(_INDICATOR),
    }
)


class IndicatorError(DataFileError):
    """A dictionary that cannot be used, with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Words of which one must be found: `near` the number, `before` it in the paragraph or its heading, or `around`
    it (before, or later in the sentence). A word that may stand before or around the number may also stand near it.
    """

    near: tuple[str, ...]
    before: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One quantity that narratives state.

    `phrasings` are alternatives, in each of which every group of words must be found; `unless` are words near the
    number that rule it out. `measures` are the measure words it is counted in ("" where it may have none), `unit` the
    one that the dataset uses. `part_of` is the whole that it is never more than; `parts` lists of indicators that add
    up to it; `fact` the cells of the statutory table that count the same, each alternative a list of `row/column`
    codes to add up. `tier` is "specific"; "general" where it names a channel or a total and
    gives way to one that names the matter; "fallback" where it only catches what no other does. `attended_by` is the
    indicator of the people who took part in an event (培训3期240人次). `objects` are the classes of head nouns
    (`data/narrative_words.yaml`) that it may count; none where any will do. `children` are indicators that a breakdown
    of it can hold besides those that are `part_of` it. `answered_as` is the indicator of those of them that were answered
    (收到留言90件…办结85件), `rate_as` that of their share. `never` are the classes of verbs that an indicator's noun is no
    object of: what is charged or answered (处理行政许可5件) was not disclosed. `acts` are those that make it with its noun,
    whatever stands before them: 结转上年后新收到申请47件. `stock` says that it counts what there is.
    """

    code: str
    group: str
    zh: str
    en: str
    definition: str
    unit: str
    measures: frozenset[str]
    phrasings: tuple[tuple[Terms, ...], ...]
    unless: tuple[str, ...] = ()
    part_of: str | None = None
    parts: tuple[tuple[str, ...], ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    main: bool = False
    tier: str = "specific"
    attended_by: str | None = None
    objects: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    answered_as: str | None = None
    rate_as: str | None = None
    never: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    stock: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A group of indicators, by the matter they are about, and the classes of verbs that no noun of it is an object of."""

    code: str
    zh: str
    en: str
    never: frozenset[str] = frozenset()


@cache
def groups() -> Mapping[str, Group]:
    """The groups by code, in the file's order."""
    return {
        code: Group(code, names["zh"], names["en"], frozenset(names.get("never", "").split()))
        for code, names in _content()["groups"].items()
    }


@cache
def indicators() -> Mapping[str, Indicator]:
    """The indicators by code, in the file's order. Raises `IndicatorError` with all contradictions at once."""
    content = _content()
    refuse_places(INDICATORS_FILE, _unknown_words(content), IndicatorError)
    listed = [_indicator(entry, content["measures"], content["words"]) for entry in content["indicators"]]
    refuse_places(INDICATORS_FILE, _contradictions(listed), IndicatorError)
    return {indicator.code: indicator for indicator in listed}


@cache
def verbs() -> frozenset[str]:
    """The words that say what is done, not what is counted."""
    return frozenset(_content()["verbs"].split("|"))


@cache
def bound() -> float:
    """The least confidence that names an indicator; below it a figure is `unmapped`, its best indicator a rival."""
    return int(_content()["bound"]) / 100


@cache
def doubts() -> Mapping[str, float]:
    """What each sign of doubt takes from the odds that a name is right (natural logarithms), and where they `start`."""
    return {name: hundredths / 100 for name, hundredths in _content()["confidence"].items()}


@cache
def _content() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_yaml(INDICATORS_FILE, _FILE, IndicatorError)
    return content


def _indicator(entry: Mapping[str, Any], measures: Mapping[str, str], words: Mapping[str, str]) -> Indicator:
    return Indicator(
        code=entry["code"],
        group=entry["group"],
        zh=entry["zh"],
        en=entry["en"],
        definition=entry["definition"],
        unit=entry["unit"],
        measures=_measures(entry.get("measures", entry["unit"]), measures),
        phrasings=tuple(_phrasing(said, words) for said in entry["says"]),
        unless=_words(entry["unless"], words) if "unless" in entry else (),
        part_of=entry.get("part_of"),
        parts=tuple(tuple(codes.split()) for codes in entry.get("parts", ())),
        facts=tuple(tuple(cells.split()) for cells in entry.get("facts", ())),
        main=entry.get("main", False),
        tier=entry.get("tier", "specific"),
        attended_by=entry.get("attended_by"),
        objects=frozenset(entry.get("objects", "").split()),
        children=frozenset(entry.get("children", "").split()),
        answered_as=entry.get("answered_as"),
        rate_as=entry.get("rate_as"),
        never=_never(entry),
        stock=entry.get("stock", False),
        acts=frozenset(entry.get("acts", "").split()),
    )


def _never(entry: Mapping[str, Any]) -> frozenset[str]:
    """The classes of verbs that rule an indicator out: its own and its group's, without those that it `acts` by."""
    group = groups().get(entry["group"])
    ruled_out = group.never if group else frozenset()
    return (ruled_out | set(entry.get("never", "").split())) - set(entry.get("acts", "").split())


def _measures(names: str, families: Mapping[str, str]) -> frozenset[str]:
    """Measure words: families by name, and words themselves; `none` is the absence of one."""
    found: set[str] = set()
    for name in names.split():
        found.update(families[name].split() if name in families else [name])
    return frozenset("" if measure == "none" else measure for measure in found)


def _phrasing(said: str, words: Mapping[str, str]) -> tuple[Terms, ...]:
    """`微信|公众号 & {disclose} & @信息` → the groups; `{}` names a list under `words`."""
    return tuple(_terms(part.strip(), words) for part in said.split("&"))


def _terms(part: str, words: Mapping[str, str]) -> Terms:
    """A mark before the first word is for all of the group, one before another word for that word alone."""
    mark = part[0] if part[0] in _MARKS else ""
    listed = _words(part.removeprefix(mark), words)
    marked = [(word[0] if word[0] in _MARKS else mark, word.lstrip(_MARKS)) for word in listed]
    return Terms(
        near=tuple(word for _, word in marked if word),
        before=tuple(word for sign, word in marked if sign == "<"),
        around=tuple(word for sign, word in marked if sign == "@"),
    )


def _words(listed: str, words: Mapping[str, str]) -> tuple[str, ...]:
    spelled = _MACRO.sub(lambda macro: words[macro[1]], listed)
    return tuple(dict.fromkeys(word.strip() for word in spelled.split("|") if word.strip()))


def _unknown_words(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Lists that phrasings name and that are not under `words`."""
    for index, entry in enumerate(content["indicators"]):
        for key in ("says", "unless"):
            for name in _MACRO.findall(str(entry.get(key, ""))):
                if name not in content["words"]:
                    yield (
                        ("indicators", index, key),
                        f"{entry['code']} names {{{name}}}; under words are {', '.join(content['words'])}",
                    )


def _contradictions(listed: list[Indicator]) -> Iterator[Fault]:
    made = {indicator.code: indicator for indicator in listed}
    for index, indicator in enumerate(listed):
        code, place = indicator.code, ("indicators", index)
        if made[code] is not indicator:
            yield (*place, "code"), f"{code} stands twice"
        if indicator.group not in groups():
            yield (*place, "group"), f"{code} is in no group; groups are {', '.join(groups())}"
        for name in sorted(indicator.objects.difference(object_classes())):
            yield (*place, "objects"), f"{code} counts {name}, which is no class of narrative_words.yaml"
        if indicator.unit not in indicator.measures:
            yield (*place, "unit"), f"{code} is not counted in its own unit {indicator.unit}"
        for name in sorted((indicator.never | indicator.acts).difference(classes("actions"))):
            yield (*place, "never"), f"{code} names {name}, which is no class of verbs of narrative_words.yaml"
        named = [one for codes in indicator.parts for one in codes]
        singly = (indicator.part_of, indicator.attended_by, indicator.answered_as, indicator.rate_as)
        named += [one for one in (*singly, *sorted(indicator.children)) if one]
        yield from ((place, f"{code} names {one}, which there is not") for one in named if one not in made)
