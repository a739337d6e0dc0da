"""Many learners at once, over Streamlit's own websocket protocol, without a browser.

    python scripts/load.py                                  1, 10, 50 and 100 sessions, no pause
    python scripts/load.py --sessions 50,100 --think 10     a pause of about 10 s between replies

Each session is a visitor of its own, with a cookie. It opens the start page, starts a scenario, and
replies; where the conversation ends, it sees the summary and starts the scenario again. A reply is
clocked from sending it to the end of the script's run. Afterwards every reply that was answered
has to be in the database once. Every level has a fresh server. Prints one JSON object; exit status
1 if anything failed, or a reply was lost or stored twice. Sessions and server share the machine.
"""

import argparse
import asyncio
import json
import logging
import random
import sqlite3
import sys
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import websockets
from servers import Server, other_load, running, told
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

#: What is said, in turn: the way through the first scenario to its good end, in six replies.
TEXTS = (
    "You keep saying it's fine, but you're pulling at your sleeves and the log is blank. What was "
    "it like when that was my first question?",
    "I asked about the homework before I asked about you, and I'm sorry. What happened on Tuesday?",
    "I gave you that sheet and never checked whether it was helping. Having to rate it while you "
    "can't breathe sounds awful, no wonder you hate it.",
    "Thank you for telling me. It sounds like you were trying not to disappoint me. I made a big "
    "deal of those neat pages, and that's on me.",
    "Then let's drop the log. What would you like to do instead? We can figure it out together.",
    "How is it for you, telling me no? If I start piling on homework again, please stop me.",
)
LIMIT_S = 30
ENDED = "See the summary"
ANEW = "Try this scenario again"


class AppError(Exception):
    """The page showed an exception, or had no such widget."""


@dataclass
class Session:
    """One browser tab, as far as the server can tell."""

    number: int
    url: str
    socket: Any = None
    page: str = ""
    query: str = ""
    widgets: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    runs: int = 0
    endings: int = 0

    async def connect(self) -> None:
        self.socket = await websockets.connect(
            f"{self.url.replace('http', 'ws')}/_stcore/stream",
            additional_headers={"Cookie": await asyncio.to_thread(self._cookie)},
            subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
            origin=self.url,
            max_size=None,
            compression=None,
            open_timeout=LIMIT_S,
            close_timeout=1,
            ping_interval=None,
        )

    def _cookie(self) -> str:
        """What the server gives a visitor with the first page."""
        page = urllib.request.Request(self.url, headers={"Accept": "text/html"})
        with urllib.request.urlopen(page, timeout=LIMIT_S) as answer:
            given: str = answer.headers["Set-Cookie"]
        return given.partition(";")[0]

    async def run(self, widget: WidgetState | None = None) -> float:
        """Run the script, with one widget used; seconds until it has finished."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.page
        if widget:
            message.rerun_script.widget_states.widgets.add().CopyFrom(widget)
        self.failures = []
        start = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await asyncio.wait_for(self._finished(), LIMIT_S)
        self.runs += 1
        if self.failures:
            raise AppError(self.failures[0])
        return time.perf_counter() - start

    async def _finished(self) -> None:
        while True:
            message = ForwardMsg()
            message.ParseFromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.page = message.new_session.page_script_hash or self.page
                self.widgets.clear()
            elif kind == "navigation":
                self.page = message.navigation.page_script_hash or self.page
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._element(message.delta.new_element)
            elif kind == "script_finished" and (
                # Otherwise a rerun that the script asked for itself follows at once.
                message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return

    def _element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.failures.append(f"{element.exception.type}: {element.exception.message}"[:200])
        body = getattr(element, kind) if kind else None
        if kind in ("button", "chat_input") and not body.disabled:
            self.widgets[getattr(body, "label", "") or kind] = body.id

    def named(self, start: str) -> str | None:
        return next((i for label, i in self.widgets.items() if label.startswith(start)), None)

    async def click(self, label: str) -> None:
        found = self.named(label)
        if found is None:
            raise AppError(f"no button {label!r} among {sorted(self.widgets)[:9]}")
        await self.run(WidgetState(id=found, trigger_value=True))

    async def reply(self, number: int) -> float:
        text = f"{TEXTS[number % len(TEXTS)]} ({self.number}.{number})"
        widget = WidgetState(id=self.widgets["chat_input"])
        widget.chat_input_value.data = text
        seconds = await self.run(widget)
        self.answered.append(text)
        return seconds

    async def go_round(self) -> None:
        """Where the conversation has ended, see the summary, and start another one."""
        if "chat_input" not in self.widgets:
            await self.click(ENDED)
            await self.click(ANEW)
            self.endings += 1


def kept(server: Server, sessions: list[Session]) -> dict[str, int]:
    """How many replies were answered, and how many of them are not in the database, or twice."""
    with sqlite3.connect(server.database) as db:
        stored = Counter(reply for (reply,) in db.execute("select reply from turn"))
    db.close()
    answered = [text for session in sessions for text in session.answered]
    return {
        "answered": len(answered),
        "lost": sum(text not in stored for text in answered),
        "doubled": sum(stored[text] > 1 for text in answered),
    }


async def level(server: Server, count: int, args: argparse.Namespace) -> dict[str, Any]:
    chance = random.Random(1)
    opening: list[float] = []
    replying: list[float] = []
    failures: dict[str, int] = {}

    def failed(stage: str, error: Exception) -> None:
        what = f"{stage}: {type(error).__name__}: {error}"[:200]
        failures[what] = failures.get(what, 0) + 1

    async def open_one(session: Session) -> Session | None:
        await asyncio.sleep(session.number * 0.02)
        start = time.perf_counter()
        try:
            await session.connect()
            await session.run()
            opening.append((time.perf_counter() - start) * 1000)
            await session.click(args.start)
        except Exception as error:  # noqa: BLE001  # whatever it is, it is counted
            failed("open", error)
            return None
        return session

    async def talk(session: Session) -> None:
        await asyncio.sleep(chance.uniform(0, args.think))
        for number in range(args.replies):
            try:
                seconds = await session.reply(number)
                await session.go_round()
            except Exception as error:  # noqa: BLE001
                failed("reply", error)
                return
            replying.append(seconds * 1000)
            await asyncio.sleep(chance.uniform(0.5, 1.5) * args.think)

    idle = server.memory_mb()
    sessions = [Session(number, server.url) for number in range(count)]
    ready = [s for s in await asyncio.gather(*map(open_one, sessions)) if s]
    cpu, start, runs = server.cpu_s(), time.perf_counter(), sum(s.runs for s in ready)
    await asyncio.gather(*map(talk, ready))
    wall = time.perf_counter() - start
    used, after = server.cpu_s(), server.memory_mb()
    a_session = round((after - idle) / count, 2) if after and idle else None
    result = {
        "sessions": count,
        "opened": len(ready),
        "endings": sum(session.endings for session in ready),
        "failures": failures,
        "open_ms": told(opening),
        "reply_ms": told(replying),
        "replies_per_s": round(len(replying) / wall, 1),
        "runs_per_s": round((sum(s.runs for s in ready) - runs) / wall, 1),
        "server_cpu_ms_per_reply": round((used - cpu) * 1000 / len(replying), 1)
        if replying and used is not None and cpu is not None
        else None,
        "turns": kept(server, sessions),
        "memory_mb": {"idle": idle, "after": after, "a_session": a_session},
        "healthy_after": server.healthy(),
    }
    await asyncio.gather(*(session.socket.close() for session in ready))
    return result


async def warm_up(server: Server, args: argparse.Namespace) -> None:
    """One session, so that imports and the first reading of the content are not in the times."""
    session = Session(-1, server.url)
    await session.connect()
    await session.run()
    await session.click(args.start)
    await session.reply(0)
    await session.click("End and see the summary")
    await session.socket.close()
    await asyncio.sleep(0.5)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sessions", default="1,10,50,100", help="levels, separated by commas")
    parser.add_argument("--replies", type=int, default=8, help="by each session")
    parser.add_argument("--think", type=float, default=0.0, help="seconds between two, on average")
    parser.add_argument("--start", default="Start with", help="how the button begins")
    args = parser.parse_args()
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    result: dict[str, Any] = {"other_load_cores": other_load(), "think_s": args.think, "levels": []}
    for count in map(int, args.sessions.split(",")):
        with running(environment={"TUTOR_ACCESS": "open"}) as server:
            server.wait()
            asyncio.run(warm_up(server, args))
            result["levels"].append(asyncio.run(level(server, count, args)))
    print(json.dumps(result))
    for one in result["levels"]:
        wrong = one["failures"] or one["turns"]["lost"] or one["turns"]["doubled"]
        if wrong or not one["healthy_after"]:
            sys.exit(1)


if __name__ == "__main__":
    main()
