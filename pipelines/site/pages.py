"""Tells how a page of the site comes about: one Jinja environment, a page's place in the tree, its links to others.

Belongs here: rendering, addresses within the site, what every template can call. Does not belong here: what stands on a
page (the modules named after pages) or the words (`wording`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipelines.site.wording import LANGUAGES, TAGS, plain, words

_TEMPLATES = Path(__file__).with_name("templates")
#: The entries of the main navigation, each with its page.
NAVIGATION: Mapping[str, str] = {
    "home": "index.html",
    "bodies": "bodies.html",
    "compare": "compare.html",
    "coverage": "coverage.html",
    "method": "method.html",
    "dictionary": "dictionary.html",
    "downloads": "downloads.html",
    "sql": "sql.html",
}


@dataclass(frozen=True, slots=True)
class Site:
    """Says where the site is written, and what stands on each of its pages."""

    out: Path
    version: str


def write(site: Site, path: str, template: str, section: str, **context: Any) -> None:
    """Write a page in both languages. `path` is its place below `zh/` and `en/`, `section` its navigation entry.

    A value of `context` that is a mapping from `zh` and `en` is given to each language as its own.
    """
    for language in LANGUAGES:
        own = {name: _in_language(value, language) for name, value in context.items()}
        text = render(site.version, language, path, template, section, **own)
        put(site.out / language / path, text)


def _in_language(value: Any, language: str) -> Any:
    is_both = isinstance(value, Mapping) and set(value) == set(LANGUAGES)
    return value[language] if is_both else value


def render(version: str, language: str, path: str, template: str, section: str, **context: Any) -> str:
    """One page in one language."""
    up = "../" * path.count("/")
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    t = words(language)
    return (
        environment()
        .get_template(f"{template}.html")
        .render(
            t=t,
            lang=language,
            tag=TAGS[language],
            other=other,
            other_tag=TAGS[other],
            home=up,
            root=f"{up}../",
            path=path,
            section=section,
            version=version,
            navigation=NAVIGATION,
            **context,
        )
    )


def put(path: Path, text: str) -> None:
    """Write a file of the site, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Never into a file that is there: it can be a file of another release, too.
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


@cache
def environment() -> Environment:
    """The one environment of all pages. Everything is escaped; a name that a template misspells is an error."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["plain"] = plain
    made.filters["outside"] = outside
    made.filters["slug"] = slug
    made.filters["described"] = described
    made.globals["mark"] = mark
    made.globals["evidence"] = evidence
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
    made.policies["json.dumps_function"] = partial(_dumps)
    return made


def _dumps(value: Any, **options: Any) -> str:
    import json

    return json.dumps(value, **options)


def slug(identifier: str) -> str:
    """An identifier as the name of a file and as a part of an address; different ones stay different."""
    return re.sub(r"[^0-9A-Za-z-]", lambda found: f"_{ord(found[0]):x}_", identifier)


def evidence(body_id: str, year: int, measure: str = "") -> str:
    """Tell what stands behind `evidence.html` in the address of a number's evidence."""
    return f"#{slug(body_id)}/{year}" + (f"/{measure}" if measure else "")


def outside(address: str | None) -> str:
    """An address of a document if it is one of the web, else nothing: no other scheme becomes a link."""
    try:
        parts = urlsplit(address or "")
    except ValueError:
        return ""
    return str(address) if parts.scheme in ("http", "https") and parts.netloc else ""


def described(text: str) -> Markup:
    """A description of the contract, with what stands between backticks as code."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>" if place % 2 else "{}").format(p) for place, p in enumerate(parts))


_MARKS = {"contradicted": "✕", "conflicting": "≠", "unverified": "?", "corrected": "✎", "approximate": "≈"}


@cache
def mark(grade: str | None, comparability: str | None = None) -> Markup:
    """The signs behind a number; nothing behind one that is verified and exact."""
    signs = [code for code in (grade, comparability) if code in _MARKS]
    return Markup("").join(Markup('<span class="mark {}">{}</span>').format(code, _MARKS[code]) for code in signs)
