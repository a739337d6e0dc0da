"""Every error the product raises on purpose.

    TutorError                  exit_code 1
    ├── ContentError            a file of data/ cannot be used; carries every Problem at once
    ├── ReplyError              a reply that cannot be coded or stored: empty, too long
    ├── AttemptError            no such attempt, not this learner's, already finished
    │   └── AttemptMovedOn      another tab or window changed the attempt first
    ├── AccessError             something that this person may not see or do, or a login that lacks
    │   └── LoginNeeded         nobody is logged in, or no longer
    ├── ClassError              a class, an assignment or a word of feedback that cannot be taken
    ├── DemoError               a demonstration or transcript that cannot be made as asked
    ├── StoreError              the database is locked, read-only, corrupt or too new
    └── SettingsError           exit_code 2; a setting that makes no sense

Messages are written for the person who sees them and never contain a reply.
"""

from tutor.domain.problems import Problem


class TutorError(Exception):
    """The root of the tree; `exit_code` is what the command line ends with."""

    exit_code = 1


class ContentError(TutorError):
    """Content with problems; `problems` holds all of them, in the order of file and line."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ReplyError(TutorError):
    """A reply that cannot be taken as it is; nothing was stored."""


class AttemptError(TutorError):
    """An attempt that cannot be opened or changed."""


class AttemptMovedOn(AttemptError):
    """The attempt is no longer where the page showed it; nothing was stored."""


class AccessError(TutorError):
    """Something that this person may not see or do; the words never say whether it exists."""


class LoginNeeded(AccessError):
    """Nobody is logged in, or the login is over; what to do is to log in."""


class ClassError(TutorError):
    """Something about a class that cannot be taken as it is; nothing was stored."""


class DemoError(TutorError):
    """A demonstration or a transcript that cannot be made as asked; nothing was stored."""


class StoreError(TutorError):
    """The database cannot be used; nothing was overwritten."""


class SettingsError(TutorError):
    """A setting that makes no sense."""

    exit_code = 2
