"""Work done by several processes, each behind a pipe of its own.

`concurrent.futures` has one pipe for all of them: a process that the system ends in the middle of a result leaves the others,
and us, waiting for ever. Here its pipe breaks, and only its own.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Generic, ParamSpec, TypeVar

from orebook.cli.common import EndedError

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Workers(Generic[Given, Made]):
    """Processes that apply one function. Used in a `with` block; they end with it, whatever they are at.

    A thread for each waits for what it makes. Raises EndedError for a process that the system or an error of ours ended.
    """

    def __init__(self, count: int, work: Callable[Given, Made]) -> None:
        # New processes and no copies of this one, which may hold files open.
        context = get_context("spawn")
        self._free: SimpleQueue[Connection[tuple[object, ...], Made]] = SimpleQueue()
        self._processes = []
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, work), daemon=True)
            process.start()
            theirs.close()
            self._processes.append(process)
            self._free.put(ours)
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> Workers[Given, Made]:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
        self._threads.shutdown(cancel_futures=True)

    def submit(self, *given: Given.args, **_: Given.kwargs) -> Future[Made]:
        """What the function makes of this, as soon as a process is free."""
        return self._threads.submit(self._asked, given)

    def _asked(self, given: tuple[object, ...]) -> Made:
        pipe = self._free.get()
        try:
            pipe.send(given)
            return pipe.recv()
        except (EOFError, OSError) as error:
            raise EndedError from error
        finally:
            self._free.put(pipe)


def _serve(pipe: Connection[object, tuple[object, ...]], work: Callable[..., object]) -> None:
    """Works until the pipe is closed; an interrupt is for the process at its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            given = pipe.recv()
        except EOFError:
            return
        pipe.send(work(*given))
