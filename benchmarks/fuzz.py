"""Reports changed at random, with the truth known: is anything wrong and verified, lost for nothing, or does it crash?

    python -m benchmarks.fuzz --minutes 10 --seed 1                    # all operators and formats
    python -m benchmarks.fuzz --minutes 2 --format html text --only bytes
    python -m benchmarks.fuzz --every 3                                # each operator in each format, 3 times
    python -m benchmarks.fuzz --prefixes page.html --step 5            # every beginning of a file
    python -m benchmarks.fuzz --again "hangzhou-2025 | html | hide beside @12"

The operators are those of `tests/trials/`. Each document has a process that can be killed, and a time limit. What fails is
made smaller and written to a folder, with the line that makes it again. Exit code 1 if something failed.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.parse import Report
from pipelines.workers.pool import JobFailure, Limits, run
from pipelines.workspace import PROJECT
from tests.trials.formats import FORMATS
from tests.trials.judge import report_of, verified
from tests.trials.operator import OPERATORS
from tests.trials.trial import Trial, drawn, every, parsed
from tests.trials.work import Result, beginning, smaller, tried

#: Seconds that one document may take; a hang is one that takes longer.
LIMIT = 30.0
#: So many failing documents of one operator and format are made smaller and written.
KEPT = 3
COLUMNS = ("documents", "not read", "crashed", "hung", "wrong", "lost", "unmarked")


@dataclass
class Tally:
    """Counts by operator and format, and how many failing documents of each were kept."""

    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    kept: Counter[tuple[str, ...]] = field(default_factory=Counter)

    def add(self, trial: Trial, kinds: Iterable[str]) -> None:
        """Count a trial for each of its operators."""
        for step in trial.steps:
            self.counts[step.operator, trial.format].update(kinds)

    def total(self, kind: str) -> int:
        """How often something came."""
        return sum(count[kind] for count in self.counts.values())


# --- the command


def main() -> int:
    """Run what the options ask for."""
    options = _options()
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    if options.again:
        return _again(options.again, options.out, console)
    if options.prefixes:
        return max(_prefixes(path, options, console) for path in options.prefixes)
    names = tuple(n for n in OPERATORS if not options.only or any(word in n for word in options.only))
    if not names:
        console.print(f"no operator's name holds {' or '.join(options.only)}; there are: {', '.join(OPERATORS)}")
        return 2
    return _fuzz(options, names, console)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="how long to try documents (1)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed tries the same documents in the same order")
    parser.add_argument("--format", nargs="+", choices=FORMATS, default=list(FORMATS), help="only these formats")
    parser.add_argument("--only", nargs="+", metavar="WORDS", help="only operators whose name holds one of these")
    parser.add_argument("--jobs", type=int, default=2, help="worker processes (2)")
    parser.add_argument("--every", type=int, metavar="N", help="not at random: each operator in each format N times")
    parser.add_argument("--prefixes", nargs="+", type=Path, metavar="FILE", help="read every beginning of these files")
    parser.add_argument("--step", type=int, default=5, help="bytes between two beginnings (5)")
    parser.add_argument("--again", metavar="LINE", help="make one trial again and say what comes of it")
    folder = PROJECT / "workspace" / "fuzz"
    parser.add_argument("--out", type=Path, default=folder, help="where failing documents go (workspace/fuzz)")
    return parser.parse_args()


def _fuzz(options: argparse.Namespace, names: tuple[str, ...], console: Console) -> int:
    tally, start = Tally(), time.monotonic()
    failing: list[tuple[Trial, tuple[str, ...]]] = []
    shown = start
    for line, result in run(tried, _lines(options, names, start), workers=options.jobs, limits=Limits(LIMIT)):
        trial = parsed(line)
        found = result if isinstance(result, Result) else _killed(result)
        tally.add(trial, found.kinds)
        if found.sentences:
            failing.append((trial, found.sentences))
            _note(options.out, trial, found.sentences)
        if time.monotonic() - shown > 15:
            shown = time.monotonic()
            console.print(f"{(shown - start) / 60:5.1f} min  {_summary(tally)}")
    _write(failing, options, tally, console)
    _table(tally, console)
    console.print(_summary(tally))
    return int(bool(failing))


def _note(out: Path, trial: Trial, sentences: tuple[str, ...]) -> None:
    """Write a failure down at once: a run that is stopped after an hour loses nothing."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "found.txt").open("a", encoding="utf-8") as file:
        file.write(f"--again {str(trial)!r}\n  {sentences[0]}\n")


def _lines(options: argparse.Namespace, names: tuple[str, ...], start: float) -> Iterator[str]:
    if options.every:
        chosen = (trial for trial in every(options.seed, options.every) if trial.steps[0].operator in names)
        yield from (str(trial) for trial in chosen if trial.format in options.format)
        return
    dice = random.Random(options.seed)
    while time.monotonic() - start < options.minutes * 60:
        yield str(drawn(dice, tuple(options.format), names))


def _killed(failure: JobFailure) -> Result:
    kind = "hung" if failure.code == "timed_out" else "crashed"
    return Result(("documents", kind), (f"{failure.code}: {failure.message}",))


def _write(
    failing: list[tuple[Trial, tuple[str, ...]]], options: argparse.Namespace, tally: Tally, console: Console
) -> None:
    """The first failing documents of each operator and format, made smaller, each with the line that makes it again."""
    chosen = {}
    for trial, sentences in failing:
        group = (*(step.operator for step in trial.steps), trial.format)
        tally.kept[group] += 1
        if tally.kept[group] <= KEPT:
            chosen[str(trial)] = sentences
    if not chosen:
        return
    options.out.mkdir(parents=True, exist_ok=True)
    console.print(f"making {len(chosen)} of {len(failing)} failing documents smaller …")
    for n, (line, made) in enumerate(run(smaller, chosen, workers=options.jobs, limits=Limits(LIMIT * 2)), 1):
        least, data = (line, b"") if isinstance(made, JobFailure) else made
        name = f"{n:03}-{parsed(least).source}.{parsed(least).format}"
        (options.out / name).write_bytes(data)
        with (options.out / "failing.txt").open("a", encoding="utf-8") as file:
            file.write(f"{name}\n  --again {least!r}\n" + "".join(f"  {s}\n" for s in chosen[line]))
        console.print(f"  {least}\n    {chosen[line][0][:200]}")
    console.print(f"written to {options.out}")


def _summary(tally: Tally) -> str:
    return ", ".join(f"{tally.total(kind)} {kind}" for kind in COLUMNS)


def _table(tally: Tally, console: Console) -> None:
    """By operator and by format. A document of two operators counts for each."""
    for title, at in (("operator", 0), ("format", 1)):
        table = Table(title=f"by {title}", title_justify="left")
        table.add_column(title)
        for column in COLUMNS:
            table.add_column(column, justify="right")
        for name in dict.fromkeys(key[at] for key in sorted(tally.counts)):
            sums = sum((count for key, count in tally.counts.items() if key[at] == name), Counter())
            table.add_row(name, *(str(sums[column] or "") for column in COLUMNS))
        console.print(table)


def _again(line: str, out: Path, console: Console) -> int:
    trial = parsed(line)
    made = trial.made()
    if made is None:
        console.print("the page has nothing that a step could change")
        return 2
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"again-{trial.source}.{trial.format}"
    path.write_bytes(made[1])
    result = tried(line)
    console.print(path, ", ".join(result.kinds), *result.sentences, sep="\n")
    return int(bool(result.sentences))


def _prefixes(path: Path, options: argparse.Namespace, console: Console) -> int:
    data = path.read_bytes()
    report = report_of(data)
    if not isinstance(report, Report):
        console.print(f"{path}: not read ({report})")
        return 2
    whole = verified(report)
    counts: Counter[str] = Counter()
    sentences: list[str] = []
    jobs = ((data[:end], whole) for end in range(0, len(data), options.step))
    for _, result in run(beginning, jobs, workers=options.jobs, limits=Limits(LIMIT)):
        found = result if isinstance(result, Result) else _killed(result)
        counts.update(found.kinds)
        sentences += found.sentences
    console.print(f"{path}: " + ", ".join(f"{counts[kind]} {kind}" for kind in COLUMNS[:5]), *sentences[:10], sep="\n")
    return int(bool(sentences))


if __name__ == "__main__":
    raise SystemExit(main())
