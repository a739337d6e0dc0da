"""Word lists made ready for patterns: verbs inflected, lists within lists resolved."""

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.domain.rules import Lexicon

VOWELS = frozenset("aeiou")
TENSES = ("base", "s", "past", "part", "ing")

#: One way to say a slot: a word, or several in a row.
Wording = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verb:
    """The five forms of a verb; a particle (``brush past``) follows each of them."""

    base: str
    s: str
    past: str
    part: str
    ing: str
    particle: tuple[str, ...] = ()

    def wordings(self, tenses: tuple[str, ...]) -> tuple[Wording, ...]:
        """The verb in each of `tenses`."""
        return tuple((getattr(self, tense), *self.particle) for tense in tenses)


def verb(entry: str) -> Verb:
    """Inflect ``base [past [part [ing]]] [+ particle]``; what is not written out is regular.

    >>> verb("hurry").past, verb("stop").ing, verb("open").past, verb("take took taken").part
    ('hurried', 'stopping', 'opened', 'taken')
    >>> verb("brush + past").wordings(("past",))
    (('brushed', 'past'),)
    """
    forms, _, particle = entry.partition("+")
    base, *irregular = forms.split()
    past = irregular[0] if irregular else _stem(base) + "ed"
    part = irregular[1] if len(irregular) > 1 else past
    ing = irregular[2] if len(irregular) > 2 else _ing(base)
    return Verb(base, _third(base), past, part, ing, tuple(particle.split()))


def _doubles(base: str) -> bool:
    """Whether a short verb doubles its last letter (stop, stopped; but open, opened)."""
    return (
        len(base) in (3, 4)
        and base[0] not in VOWELS
        and base[-1] not in VOWELS | frozenset("wxyh")
        and base[-2] in VOWELS
        and base[-3] not in VOWELS
    )


def _stem(base: str) -> str:
    if base.endswith("e"):
        return base[:-1]
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "i"
    return base + base[-1] if _doubles(base) else base


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return (base + base[-1] if _doubles(base) else base) + "ing"


def _third(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


class Slots:
    """What each `@name` or `@name.tense` in a pattern may stand for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lists = lexicon.lists
        self._verbs = {name: tuple(map(verb, entries)) for name, entries in lexicon.verbs.items()}

    def wordings(self, slot: str, above: tuple[str, ...] = ()) -> tuple[Wording, ...]:
        """Every wording of a slot, without repetition, in the order of the lists.

        Raises:
            ValueError: no such list, no such tense, or a list that names itself.
        """
        if slot in above:
            raise ValueError(f"the list @{slot} names itself")
        name, _, tense = slot.partition(".")
        if name in self._verbs:
            if tense and tense not in TENSES:
                raise ValueError(f"@{slot}: a verb has the forms {', '.join(TENSES)}")
            tenses = (tense,) if tense else TENSES
            return _unique(w for v in self._verbs[name] for w in v.wordings(tenses))
        if name not in self._lists or tense:
            raise ValueError(f"there is no list @{slot}")
        found: list[Wording] = []
        for entry in self._lists[name]:
            if entry.startswith("@"):
                found += self.wordings(entry[1:], (*above, slot))
            else:
                found.append(tuple(entry.casefold().split()))
        return _unique(found)


def _unique(wordings: Iterable[Wording]) -> tuple[Wording, ...]:
    return tuple(dict.fromkeys(wordings))
