"""What a supervisor shows to a room: the demonstrations that come with it, and those made here.

Every use case takes the person, and checks that they supervise and that what they name is theirs.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from tutor import conversation, demonstrate
from tutor.content import transcripts
from tutor.conversation import Coded
from tutor.demonstrate import Made
from tutor.domain.access import Person
from tutor.domain.attempt import Attempt
from tutor.domain.coding import Coding
from tutor.domain.demo import MAX_NOTE, Demo
from tutor.domain.library import Library
from tutor.domain.rubric import Feedback, Mark
from tutor.domain.showing import Came, Showing
from tutor.domain.transcript import Draft, Transcript
from tutor.errors import AccessError, DemoError
from tutor.feedback import compose, handout, handout_page
from tutor.store.repository import Store
from tutor.supervise import submission_of

#: The longest title, in characters, and the most that one person can have made.
MAX_TITLE, MAX_MADE = 100, 200
#: So many codings are remembered: each step to and fro shows the same ones again.
REMEMBERED = 2_000


class Demonstrations:
    """The use cases. One for the whole process; it may be shared between threads."""

    def __init__(
        self,
        *,
        library: Library,
        code: Coded,
        store: Store,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16),
    ) -> None:
        self.library = library
        self._code: Coded = lru_cache(maxsize=REMEMBERED)(code)
        self._store = store
        self._now = now
        self._new_id = new_id

    def built_in(self, person: Person) -> tuple[Demo, ...]:
        """The demonstrations of the content folder whose scenario is there.

        Raises:
            AccessError: the person does not supervise.
        """
        _check(person)
        return tuple(d for d in self.library.demos if self.library.scenario(d.scenario))

    def made(self, person: Person) -> tuple[Made, ...]:
        """What the person has made, the first made first.

        Raises:
            AccessError: the person does not supervise.
            StoreError: the store cannot be read.
        """
        _check(person)
        return self._store.demos(person.id)

    def get(self, person: Person, demo_id: str) -> Made:
        """The demonstration or transcript of that id, built in or the person's own.

        Raises:
            AccessError: the person does not supervise, or may see none of that id.
            StoreError: the store cannot be read.
        """
        built_in = next((d for d in self.built_in(person) if d.id == demo_id), None)
        return built_in or self._own(person, demo_id)

    def owns(self, person: Person, made: Made) -> bool:
        """Whether the person has made it, and so may change it."""
        return person.supervises and made not in self.library.demos

    def show(self, made: Made) -> Showing:
        """The whole of it as a room sees it, played and coded.

        Raises:
            AttemptError, ReplyError: it cannot be played, since its scenario has changed.
        """
        if isinstance(made, Demo):
            return demonstrate.shown_demo(self.library, self._code, made)
        return demonstrate.shown_transcript(self._code, made)

    def from_attempt(
        self, person: Person, attempt: Attempt, *, title: str, agreed: bool = False
    ) -> Demo:
        """A demonstration of the attempt, kept as the person's own.

        `agreed` says that the learner whose attempt it is has agreed; one's own needs no word.

        Raises:
            AccessError: the person does not supervise, or the attempt is neither theirs nor handed
                in to a class of theirs.
            DemoError: the learner has not agreed, the title cannot be taken, or the attempt is not
                finished or cannot be played again.
            StoreError: it cannot be kept.
        """
        _check(person)
        if attempt.learner != person.id:
            submission_of(self._store, person, attempt.id)
            if not agreed:
                raise DemoError("Ask the learner first, and say here that they have agreed.")
        if not attempt.finished:
            raise DemoError("Only a conversation that is finished can be demonstrated.")
        made = demonstrate.from_attempt(
            self.library, self._code, attempt, demo_id=self._new_id(), title=_titled(title)
        )
        self._keep_new(person, made)
        return made

    def read(self, person: Person, raw: bytes, name: str) -> Draft:
        """What the file `name` holds, as far as it can be told.

        Raises:
            AccessError: the person does not supervise.
            DemoError: it cannot be read as a transcript; the message says what to do.
        """
        _check(person)
        return transcripts.draft(raw, name)

    def from_draft(
        self, person: Person, draft: Draft, *, title: str, counselors: frozenset[str]
    ) -> Transcript:
        """A transcript to show, kept as the person's own; `counselors` are labels of its speakers.

        Raises:
            AccessError: the person does not supervise.
            DemoError: no line is the counselor's, or the title cannot be taken.
            StoreError: it cannot be kept.
        """
        _check(person)
        made = transcripts.transcript(
            draft, transcript_id=self._new_id(), title=_titled(title), counselors=counselors
        )
        self._keep_new(person, made)
        return made

    def rename(self, person: Person, demo_id: str, title: str) -> None:
        """Give another title to what the person has made.

        Raises:
            AccessError: the person does not supervise, or has made none of that id.
            DemoError: the title cannot be taken.
            StoreError: it cannot be kept.
        """
        self._keep(person, replace(self._own(person, demo_id), title=_titled(title)))

    def annotate(self, person: Person, demo_id: str, step: int, *, ask: str, comment: str) -> None:
        """Keep the question before the reply of that number (from 1), and the comment after it.

        Raises:
            AccessError: the person does not supervise, or has made none of that id.
            DemoError: there is no such reply, or a text is over `MAX_NOTE` characters.
            StoreError: it cannot be kept.
        """
        made = self._own(person, demo_id)
        for what, text in (("question", ask), ("comment", comment)):
            if len(text) > MAX_NOTE:
                raise DemoError(
                    f"The {what} is {len(text):,} characters long; {MAX_NOTE:,} is the most that "
                    "is kept."
                )
            if conversation.not_text(text):
                raise DemoError(f"There is a control character in the {what}. Type it afresh.")
        try:
            noted = demonstrate.annotated(made, step, ask=ask.strip(), comment=comment.strip())
        except IndexError:
            raise DemoError("There is no such reply in this demonstration.") from None
        self._keep(person, noted)

    def delete(self, person: Person, demo_id: str) -> None:
        """Forget what the person has made.

        Raises:
            AccessError: the person does not supervise, or has made none of that id.
            StoreError: the store cannot be written.
        """
        _check(person)
        if _named(demo_id):  # also one that can no longer be read
            self._store.delete_demo(person.id, demo_id)

    def begin_fork(self, made: Demo, number: int) -> Attempt:
        """The demonstration as it stands before the reply of that number (from 1)."""
        played = demonstrate.play(self.library, self._code, made)
        return demonstrate.fork(played, number)

    def say(self, attempt: Attempt, reply: str) -> Attempt:
        """The fork with one more reply, coded and answered; nothing is stored.

        Raises:
            ReplyError: the reply cannot be taken as it is.
            AttemptError: the conversation has ended.
        """
        return demonstrate.say(self.library, self._code, attempt, reply)

    def unsaid(self, attempt: Attempt) -> Attempt:
        """The fork without its last reply."""
        return demonstrate.fork(attempt, len(attempt.turns))

    def came(self, attempt: Attempt) -> Came:
        """What came of the last reply of a fork."""
        scenario = conversation.scenario_of(self.library, attempt.scenario)
        turn = attempt.turns[-1]
        return demonstrate.came(scenario, demonstrate.fork(attempt, turn.number), turn)

    def feedback(self, attempt: Attempt) -> Feedback:
        """What there is to say about the last reply of a fork."""
        scenario = conversation.scenario_of(self.library, attempt.scenario)
        return compose.feedback(self.library.rubric, scenario, attempt, attempt.turns[-1])

    def code_at(self, made: Transcript, number: int, reply: str) -> Coding:
        """Another reply in place of the counselor's line of that number (from 1), coded.

        Raises:
            ReplyError: the reply cannot be taken as it is.
        """
        conversation.check_reply(reply)
        return self._code(reply, demonstrate.context_at(made, made.spoken[number - 1]))

    def marks(self, coding: Coding) -> tuple[Mark, ...]:
        """The words of a reply that count, and what as."""
        return compose.marks(self.library.rubric, coding)

    def markdown(self, made: Made) -> str:
        """The handout in Markdown.

        Raises:
            AttemptError, ReplyError: it cannot be played.
        """
        return handout.handout(self.library.rubric, self.show(made))

    def page(self, made: Made) -> str:
        """The handout as a page of HTML, made to be printed.

        Raises:
            AttemptError, ReplyError: it cannot be played.
        """
        return handout_page.page(self.library.rubric, self.show(made))

    def _own(self, person: Person, demo_id: str) -> Made:
        _check(person)
        made = self._store.demo(person.id, demo_id) if _named(demo_id) else None
        if made is None:
            raise AccessError("There is no such demonstration among yours. Choose another one.")
        return made

    def _keep_new(self, person: Person, made: Made) -> None:
        if len(self._store.demos(person.id)) >= MAX_MADE:
            raise DemoError(
                f"You have made {MAX_MADE} demonstrations, which is the most that are kept. Delete "
                "one that is no longer shown."
            )
        self._store.know(person, self._now())
        self._keep(person, made)

    def _keep(self, person: Person, made: Made) -> None:
        self._store.keep_demo(person.id, made, self._now())


def _check(person: Person) -> None:
    if not person.supervises:
        raise AccessError("Demonstrations are for supervisors. Your own practice is open to you.")


def _named(demo_id: str) -> bool:
    """Whether it can be an id at all: it comes out of a URL, and may be anything."""
    return bool(re.fullmatch(r"[\w-]{1,64}", demo_id, re.ASCII))


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise DemoError("Give it a title first.")
    if len(title) > MAX_TITLE or conversation.not_text(title):
        raise DemoError(f"A title is plain text of at most {MAX_TITLE} characters.")
    return title
