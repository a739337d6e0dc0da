"""A small demonstration and a small transcript, in which every text may be given."""

from tutor.domain.demo import Beat, Demo, How, Take
from tutor.domain.transcript import Said, Transcript

SEEN = (
    "You keep saying it's fine, but you're pulling at your sleeves and the log is blank. What was "
    "it like when that was my first question?"
)
SORRY = (
    "I asked about the homework before I asked about you, and I'm sorry. What happened on Tuesday?"
)
HALF = "I hear you. Is everything okay?"
BADLY = "Why didn't you do it? You have to want to change."


def a_demo(**changes: object) -> Demo:
    """Two replies to a client of the library's, the first with two other versions."""
    fields: dict[str, object] = {
        "id": "log-first",
        "title": "The log comes first",
        "shows": "What it takes to hear a no.",
        "scenario": "breathing-log",
        "seed": 6,
        "beats": (
            Beat(
                reply=SEEN,
                ask="What do her sleeves say?",
                comment="It says what can be seen.",
                takes=(
                    Take(how=How.BADLY, reply=BADLY, comment="It blames her."),
                    Take(how=How.HALF, reply=HALF, comment="It asks too little."),
                ),
            ),
            Beat(reply=SORRY),
        ),
        "discuss": ("When was it heard?",),
        "source": "Safran & Muran 2000",
    }
    return Demo(**(fields | changes))  # type: ignore[arg-type]


def a_transcript(**changes: object) -> Transcript:
    """Three lines of a counselor's and two of a client's, who has the last word."""
    said = (
        ("T", True, "Shall we look at your diary?"),
        ("Kai", False, "If you want."),
        ("T", True, "You sound tired of it. What is it like when I ask?"),
        ("T", True, "Take your time."),
        ("Kai", False, "Like school."),
    )
    fields: dict[str, object] = {
        "id": "kai",
        "title": "Kai's diary",
        "lines": tuple(Said(speaker=s, counselor=c, text=t) for s, c, t in said),
    }
    return Transcript(**(fields | changes))  # type: ignore[arg-type]
