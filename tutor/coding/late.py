"""A coder that is not made before it is needed."""

from threading import Lock

from tutor.coding.coder import Coder
from tutor.domain.coding import Coding, Context
from tutor.domain.rules import Bank


class LateCoder:
    """A coder that is compiled when it is first needed, once, whatever thread asks first."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._lock = Lock()
        self._coder: Coder | None = None

    def ready(self) -> Coder:
        """The coder itself.

        Raises:
            ContentError: as of `Coder`.
        """
        with self._lock:
            if self._coder is None:
                self._coder = Coder(self._bank)
            return self._coder

    def code(self, reply: str, context: Context) -> Coding:
        """As of `Coder`."""
        return self.ready().code(reply, context)
