"""The words of the narrative as data: `data/narrative_words.yaml` read into plain types. No code spells out a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from expectations.data_files import DATA, DataFileError, read_yaml, refuse_places
from expectations.yaml_shape import Fault, Keys, Named, Several, Text

WORDS_FILE = DATA / "narrative_words.yaml"
#: The kinds of words that say what is done, by which channel, when, and what of it.
ROLES = ("actions", "channels", "times", "modifiers")

_TABLES = ("categories", "channel_items", "channel_followers")
_FILE = Keys(
    {
        "objects": Named(Text()),
        "neutral": Several(Text()),
        "heads": Several(Text()),
        "formulas": Text(),
        "filling": Text(),
        **{name: Named(Text()) for name in (*ROLES, *_TABLES)},
    }
)


class WordsError(DataFileError):
    """A list of words that cannot be used, with all that is wrong about it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Each word with its class, by role. `objects` are head nouns; classes of `neutral` say nothing of the family, nouns of
    `heads` right at a number are what it counts. `formulas` are set phrases whose words count nothing, `filling` characters
    before a number that say nothing of what it counts.

    `categories` are the indicators that a breakdown of items names, by word; `channel_items` and `channel_followers` the
    indicators of items and of followers by the channel of their sentence.
    """

    objects: Mapping[str, str]
    neutral: frozenset[str]
    heads: frozenset[str]
    formulas: tuple[str, ...]
    filling: frozenset[str]
    actions: Mapping[str, str]
    channels: Mapping[str, str]
    times: Mapping[str, str]
    modifiers: Mapping[str, str]
    categories: Mapping[str, str]
    channel_items: Mapping[str, str]
    channel_followers: Mapping[str, str]


@cache
def narrative_words() -> Words:
    """The words by role. Raises `WordsError` where a word stands in two classes or a class is not there."""
    content: Mapping[str, Any] = read_yaml(WORDS_FILE, _FILE, WordsError)
    refuse_places(WORDS_FILE, _contradictions(content), WordsError)
    roles = {role: _by_word(content[role]) for role in ("objects", *ROLES, "categories")}
    followers = content["channel_followers"]
    return Words(
        neutral=frozenset(content["neutral"]),
        heads=frozenset(content["heads"]),
        formulas=tuple(content["formulas"].split("|")),
        filling=frozenset(content["filling"]),
        channel_items=content["channel_items"],
        channel_followers=followers,
        **roles,
    )


@cache
def object_classes() -> tuple[str, ...]:
    """The classes of head nouns, in the file's order."""
    return tuple(dict.fromkeys(narrative_words().objects.values()))


@cache
def classes(role: str) -> tuple[str, ...]:
    """The classes of one of `ROLES`, in the file's order."""
    return tuple(dict.fromkeys(getattr(narrative_words(), role).values()))


def _by_word(classes: Mapping[str, str]) -> dict[str, str]:
    """The first class counts for a verb or a channel that stands in two: 清理 repairs, 清理整合 closes."""
    found: dict[str, str] = {}
    for name, listed in classes.items():
        for word in listed.split("|"):
            found.setdefault(word, name)
    return found


def _contradictions(content: Mapping[str, Any]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for name, listed in content["objects"].items():
        for word in listed.split("|"):
            if seen.setdefault(word, name) != name:
                yield ("objects", name), f"{word} is of {name} and of {seen[word]}"
    for key in ("neutral", "heads"):
        for index, name in enumerate(content[key]):
            if name not in content["objects"]:
                yield (key, index), f"{name} is no class of objects"
