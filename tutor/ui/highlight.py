"""From text to HTML: everything typed, and everything read from content, is escaped here."""

import html
import itertools
import re
from collections.abc import Iterable

from tutor.domain.rubric import Mark
from tutor.domain.vocabulary import Level, Misstep, Move

LEVEL_WORDS = {Level.NOT_YET: "Not yet", Level.EMERGING: "Emerging", Level.CLEAR: "Clear"}

_SEEING = {Move.NOTICE, Move.NAME, Move.INVITE}
_ACTING = {Move.OWN, Move.RENEGOTIATE, Move.FEEDBACK}


class Finished(str):
    """HTML that is finished: Streamlit shows it as it is, and looks for no file of that name."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def escaped(text: str) -> str:
    """`text` as HTML that shows it exactly, and does nothing else.

    >>> escaped('<b>"Tom & I"</b>')
    '&lt;b&gt;&quot;Tom &amp; I&quot;&lt;/b&gt;'
    """
    return html.escape(text.replace("\0", "\N{REPLACEMENT CHARACTER}"), quote=True)


def label(text: str) -> str:
    r"""`text` for a widget's label, which Streamlit reads as Markdown: shown as it is.

    >>> label("*Ana*")
    '\\*Ana\\*'
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def kind(code: Move | Misstep) -> str:
    """The color group of a code: seeing a strain, acting on it, feeling with the client, misstep.

    >>> kind(Move.OWN), kind(Misstep.PUSH)
    ('acting', 'misstep')
    """
    if isinstance(code, Misstep):
        return "misstep"
    return "seeing" if code in _SEEING else "acting" if code in _ACTING else "feeling"


def words(mark: Mark) -> str:
    """What a mark stands for, in words: a move with its level, a misstep by its name."""
    if isinstance(mark.code, Misstep):
        return mark.label
    return f"{mark.label} · {LEVEL_WORDS[mark.level].lower()}"


def marked(text: str, marks: Iterable[Mark]) -> str:
    """`text` as HTML with each mark underlined and, where it ends, said in words.

    Marks may overlap: the text is cut wherever one begins or ends, and a piece takes the colour of
    the innermost mark over it.
    """
    marks = tuple(mark for mark in marks if mark.span.end <= len(text))
    cuts = sorted({0, len(text)} | {p for m in marks for p in (m.span.start, m.span.end)})
    pieces: list[str] = []
    for start, end in itertools.pairwise(cuts):
        piece = escaped(text[start:end])
        over = [m for m in marks if m.span.start <= start and end <= m.span.end]
        if not over:
            pieces.append(piece)
            continue
        inner = min(over, key=lambda m: (len(m.span), not isinstance(m.code, Misstep)))
        ends = "".join(
            f'<span class="code {kind(m.code)}">{escaped(words(m))}</span>'
            for m in over
            if m.span.end == end
        )
        pieces.append(f'<mark class="{kind(inner.code)}">{piece}{ends}</mark>')
    return "".join(pieces)
