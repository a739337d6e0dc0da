"""What is said of evidence that only its words speak for."""

import pytest

from tutor.domain.coding import Evidence
from tutor.domain.text import Span
from tutor.domain.vocabulary import Level, Move
from tutor.feedback.marks import by_words


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ((), ()),
        (("my clock",), ("“my clock” the most.",)),
        (("my clock", "not yours"), ("“my clock” and “not yours” the most.",)),
        (("a b", "c d", "e f"), ("“a b”, “c d” and “e f” the most.",)),
    ],
)
def test_the_words_are_told(said: tuple[str, ...], told: tuple[str, ...]) -> None:
    evidence = Evidence(
        code=Move.OWN,
        span=Span(0, 5),
        rule="own.words",
        found=Level.CLEAR,
        level=Level.CLEAR,
        said=said,
    )
    lead = "No rule knows this wording; its words weigh for it, "
    assert by_words(evidence) == tuple(lead + words for words in told)
