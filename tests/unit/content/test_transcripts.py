"""Uploaded transcripts: what is read out of them, exactly, and how the rest is refused."""

import time
from contextlib import suppress

import pytest

from tutor.content.transcripts import draft, transcript
from tutor.domain.transcript import Said
from tutor.errors import DemoError
from tutor.settings import MAX_LINE, MAX_LINES, MAX_TRANSCRIPT

TALK = "T: How was it?\nC: Fine."


def rows(text: str | bytes, name: str = "talk.txt") -> list[tuple[int, str, str]]:
    raw = text if isinstance(text, bytes) else text.encode()
    return [(row.number, row.speaker, row.text) for row in draft(raw, name).rows]


def refused(text: str | bytes, name: str = "talk.txt") -> str:
    with pytest.raises(DemoError) as error:
        rows(text, name)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TALK, [(1, "T", "How was it?"), (2, "C", "Fine.")]),
        ("T:How?\r\nC :Fine.\r", [(1, "T", "How?"), (2, "C", "Fine.")]),
        (
            "Therapist 1: How was\n   the week?\nAna M.: Long.",
            [(1, "Therapist 1", "How was the week?"), (3, "Ana M.", "Long.")],
        ),
        (
            "\n\nCounselor: One.\n\nTwo.\n\n\nClient: \n Three.",
            [(3, "Counselor", "One.\nTwo."), (8, "Client", "Three.")],
        ),
        (
            "[00:01:02] T: Hm?\n(0:05) C: At 10:30, I said: no.\n00:07 And that was it.",
            [(1, "T", "Hm?"), (2, "C", "At 10:30, I said: no. And that was it.")],
        ),
        ("T: a\nt: b\nC: c", [(1, "T", "a"), (2, "T", "b"), (3, "C", "c")]),
        (
            "T: Hm?\nC: My mother came in.\nAnd then she said: go.\nT: Go?",
            [
                (1, "T", "Hm?"),
                (2, "C", "My mother came in. And then she said: go."),
                (4, "T", "Go?"),
            ],
        ),
        ("Session 4\nT: Hm?\nC:\nT: So.", [(2, "T", "Hm?"), (4, "T", "So.")]),
        (
            "T: <b>Hm?</b> <script>alert(1)</script>\nC: http://x &amp; *y*",
            [(1, "T", "<b>Hm?</b> <script>alert(1)</script>"), (2, "C", "http://x &amp; *y*")],
        ),
        ("Ärztin: Na?\nÅsa: 对不起 🙏🏽", [(1, "Ärztin", "Na?"), (2, "Åsa", "对不起 🙏🏽")]),
    ],
)
def test_lines_with_speakers(text, expected):
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("speaker,text\nT,Hm?\nC,No.", "a.csv", [(2, "T", "Hm?"), (3, "C", "No.")]),
        ('speaker,"text\nT,Hm?\nC,No.', "a.csv", [(2, "T", "Hm?"), (3, "C", "No.")]),
        ("Role;Time;Utterance\nT;1;a; b\nC;2;c", "a.csv", [(2, "T", "a"), (3, "C", "c")]),
        ("who\tline\r\nT\tHm?\r\nC\tNo.\r\n", "a.tsv", [(2, "T", "Hm?"), (3, "C", "No.")]),
        (
            'text,speaker\n"One,\n\n""two"".",T\n\nThree,\n,C\nFour,C',
            "a.csv",
            [(2, "T", 'One,\n"two".'), (6, "T", "Three"), (8, "C", "Four")],
        ),
        (
            "speaker,text\nT,=1+1\nc,<i>x</i>\nC,y",
            "pasted",
            [(2, "T", "=1+1"), (3, "c", "<i>x</i>"), (4, "c", "y")],
        ),
    ],
)
def test_tables(text, name, expected):
    assert rows(text, name) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(encoding):
    assert rows("T: Grüß Gott.\nC: 对".encode(encoding)) == [(1, "T", "Grüß Gott."), (2, "C", "对")]


def test_other_encodings_are_refused_with_what_to_do():
    assert "from line 2 on" in refused("T: Hm?\nC: Grüße".encode("cp1252"))
    assert "CSV UTF-8" in refused("T: Grüße".encode("latin-1"))
    assert "not in UTF-8" in refused("T: Hm?\nC: No.".encode("utf-16-le"))
    assert "not in UTF-8" in refused("T: Hm?\nC: No.".encode("utf-32"))
    assert "not in UTF-8" in refused(b"\xff\xfeT")
    for other in (b"PK\x03\x04rest", b"%PDF-1.7", b"{\\rtf1 T: hm}", b"\xd0\xcf\x11\xe0 T: hm"):
        assert "document of another program" in refused(other)


def test_what_is_too_large_is_refused_before_anything_else():
    assert "20.0 MB" in refused(b"T" * 20 * 1024**2)
    just = TALK.encode().ljust(MAX_TRANSCRIPT)
    assert rows(just) == [(1, "T", "How was it?"), (2, "C", "Fine.")]
    assert "1 MB is the most" in refused(just + b" ")


def test_ten_thousand_turns_are_refused_with_the_part_that_can_be_taken():
    told = refused("T: Hm?\nC: Secret.\n" * 5_000)
    assert "10,000 turns" in told
    assert "line 501" in told
    assert "Secret" not in told
    assert len(rows("T: Hm?\nC: No.\n" * (MAX_LINES // 2))) == MAX_LINES


def test_a_turn_that_is_too_long_is_named_by_its_line():
    assert "line 2" in refused(f"T: Hm?\nC: {'x' * (MAX_LINE + 1)}")
    assert len(rows(f"T: Hm?\nC: {'x' * MAX_LINE}")) == 2


@pytest.mark.parametrize(
    ("text", "name", "told"),
    [
        ("", "a.txt", "Nobody speaks"),
        ("\n \n", "a.txt", "Nobody speaks"),
        ("secret words\nand more", "a.txt", "Nobody speaks"),
        ("<html><body><p>secret: x</p>", "a.txt", "Nobody speaks"),
        ("T: Hm?\nC: secret\x07", "a.txt", "line 2"),
        ("T,secret\nC,x", "a.csv", "name its columns"),
        ('speaker,text\nT,ok\nT,"secret\nC,no', "a.csv", "from line 3 on"),
        ("speaker,text\n,secret", "a.csv", "line 2"),
        (f"T: {'secret' * 30_000}\nC: x", "a.txt", "line 1"),
        (f'speaker,text\nT,"{"secret " * 30_000}"', "a.csv", "cannot be read from line 2"),
    ],
)
def test_what_is_no_transcript_is_told_without_its_words(text, name, told):
    message = refused(text, name)
    assert told in message
    assert "secret" not in message


@pytest.mark.parametrize(
    ("speakers", "counselors"),
    [
        ("T C", {"T"}),
        ("Th Cl", {"Th"}),
        ("counsellor client", {"counsellor"}),
        ("T1 T2 C", {"T1", "T2"}),
        ("Ana Ben", set()),
        ("Counselor", set()),
        ("Therapist's_mother Tom", set()),
        ("Co Cl", {"Co"}),
    ],
)
def test_who_is_the_counselor_is_guessed_from_the_label(speakers, counselors):
    text = "\n".join(f"{name.replace('_', ' ')}: Hm." for name in speakers.split())
    assert draft(text.encode(), "").counselors == counselors


def test_what_might_give_somebody_away_is_told_by_line():
    text = (
        "T: Mail me at jo@example.org.\nC: My number is (555) 010-9999, or 12 of 30.\n"
        "T: On May 3rd?\nC: No, 3/4/2025; I may 3 times.\nT: a@b.cc"
    )
    assert draft(text.encode(), "").reminders == (
        "What looks like an e-mail address is in lines 1, 5.",
        "What looks like a telephone number is in line 2.",
        "What looks like a date is in lines 3, 4.",
    )


@pytest.mark.parametrize("part", ["@", "1 ", "a@", "1/", "(", "x:", " ", "[1:00"])
def test_no_text_takes_long_to_look_through(part):
    text = f"T: Hm?\nC: {part * (MAX_LINE // len(part))}\n" * 25
    began = time.monotonic()
    with suppress(DemoError):
        draft(text.encode(), "a.txt")
    assert time.monotonic() - began < 5


def test_what_stands_before_the_first_speaker_is_told_to_be_left_out():
    assert draft(b"Session 4\n\nwith notes\nT: Hm?\nC: No.", "").reminders == (
        "Nobody is named as the speaker of lines 1, 3, which will be left out.",
    )
    assert draft(b"speaker,text\nT,Hm?\nC,No.", "a.csv").reminders == ()


def test_the_draft_becomes_a_transcript_of_those_who_counsel():
    read = draft(b"A: Hm?\nB: No.\nA: So.", "")
    made = transcript(read, transcript_id="x", title="One", counselors=frozenset({"A"}))
    assert made.lines == (
        Said(speaker="A", counselor=True, text="Hm?"),
        Said(speaker="B", counselor=False, text="No."),
        Said(speaker="A", counselor=True, text="So."),
    )
    for nobody, why in (
        (frozenset(), "which speaker"),
        (frozenset({"A", "B"}), "to be the client"),
    ):
        with pytest.raises(DemoError, match=why):
            transcript(read, transcript_id="x", title="One", counselors=nobody)
