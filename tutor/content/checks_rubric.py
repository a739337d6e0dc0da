"""Whether a rubric has something to say of every reply."""

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.domain.rubric import Rubric
from tutor.domain.scenario import Condition
from tutor.domain.vocabulary import Misstep, Move


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing, or there twice, at `path`."""

    path: str
    code: str
    found: str
    allowed: str = ""


def lacks_of(rubric: Rubric) -> Iterator[Lack]:
    """Every move has one criterion, every misstep one caution, and some headline always holds."""
    parts = (
        ("criteria", "move", [criterion.move for criterion in rubric.criteria], tuple(Move)),
        ("cautions", "misstep", [c.misstep for c in rubric.cautions], tuple(Misstep)),
    )
    for part, key, given, wanted in parts:
        for missing in (word for word in wanted if word not in given):
            yield Lack(part, "missing-criterion", f"none for {missing.value}")
        for number, word in enumerate(given):
            if word in given[:number]:
                yield Lack(f"{part}[{number}].{key}", "duplicate-id", f"{word.value} again")
    last = rubric.headlines[-1] if rubric.headlines else None
    if last is None or last.advanced is not None or last.when != Condition():
        path = f"headlines[{len(rubric.headlines) - 1}].when" if last else "headlines"
        allowed = "a last headline with the empty condition {}"
        yield Lack(path, "no-otherwise", "no headline always holds", allowed)
