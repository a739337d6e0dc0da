"""The circumstances in which a rule or a modifier holds."""

from dataclasses import dataclass

from tutor.coding.clauses import Text
from tutor.coding.compiler import Compiler
from tutor.coding.patterns import FREQUENT, Pattern, Scene
from tutor.domain.rules import Mood, Where
from tutor.domain.vocabulary import Rupture

#: Letters by which two words of the same stem are known: "booklet" and "booklets".
STEM = 5


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The texts around a reply, ready for matching, and the kind of strain where it is known."""

    reply: Scene
    client: Scene
    before: Scene
    setting: Scene
    rupture: Rupture | None

    @property
    def unstrained(self) -> bool:
        """Whether it is known that nothing is strained."""
        return self.rupture is not None and not self.rupture.strains


@dataclass(frozen=True, slots=True)
class CompiledWhere:
    """`Where` with its patterns compiled."""

    where: Where
    setting: tuple[Pattern, ...]
    client: tuple[Pattern, ...]
    not_client: tuple[Pattern, ...]
    before: tuple[Pattern, ...]

    def holds(self, around: Circumstances, position: int) -> bool:
        """Whether everything asked for is so, for something found at `position` of the reply."""
        where = self.where
        if where.mood is not None:
            question = around.reply.text.sentence(position).question
            if question != (where.mood is Mood.QUESTION):
                return False
        if where.rupture and around.rupture and around.rupture not in where.rupture:
            return False
        if where.max_tokens is not None and around.reply.text.size > where.max_tokens:
            return False
        if any(pattern.occurs(around.client) for pattern in self.not_client):
            return False
        return all(
            not patterns or any(pattern.occurs(scene) for pattern in patterns)
            for patterns, scene in (
                (self.setting, around.setting),
                (self.client, around.client),
                (self.before, around.before),
            )
        )


def compile_where(where: Where, compiler: Compiler) -> CompiledWhere:
    """`where` ready to be asked.

    Raises:
        ValueError: a pattern cannot be compiled.
    """
    return CompiledWhere(
        where=where,
        setting=tuple(map(compiler.compile, where.setting)),
        client=tuple(map(compiler.compile, where.client)),
        not_client=tuple(map(compiler.compile, where.not_client)),
        before=tuple(map(compiler.compile, where.before)),
    )


def told(text: Text, other: Text) -> int:
    """The positions of words of `text` that `other` has too.

    Frequent words are nobody's, and the name of a speaker is not what was said.
    """
    own = other.at.keys() - FREQUENT - other.speakers
    stems = {form[:STEM] for form in own if len(form) > 2}
    positions = 0
    for form, at in text.at.items():
        if form not in FREQUENT and form[:STEM] in stems:
            positions |= at
    return positions


def named(text: Text, client: Text) -> int:
    """The positions of names: of those who speak in the client's line, and proper names."""
    names = client.speakers - FREQUENT
    positions = 0
    for position, token in enumerate(text.tokens):
        if token and (token.proper or token.forms & names):
            positions |= 1 << position
    return positions
