"""One thread owns the connection; everybody else hands it jobs and waits for the result."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from types import TracebackType
from typing import Any, TypeVar

from dispatcher_tui.store.errors import Closed
from dispatcher_tui.store.store import Store

T = TypeVar("T")
_Job = tuple[Callable[[Store], Any], "Future[Any]"]


class OwnerThread:
    """Runs jobs one after the other, in the order they were handed in.

    A job that was handed in is done, also when nobody waits for it any more and when ``close``
    was called meanwhile.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._gate = threading.Lock()
        self._closed = False
        # A daemon: a crash elsewhere must not leave a process that holds the desk's lock.
        self._thread = threading.Thread(target=self._work, name="store-owner", daemon=True)
        self._thread.start()

    def call(self, job: Callable[[Store], T]) -> Future[T]:
        """Hand in a job; its exception is the future's.

        Raises:
            Closed: no more jobs are taken.
        """
        future: Future[T] = Future()
        # With the gate, no job can come to stand behind the end of the queue.
        with self._gate:
            if self._closed:
                raise Closed
            self._jobs.put((job, future))
        return future

    async def run(self, job: Callable[[Store], T]) -> T:
        """Await a job; who is cancelled while waiting does not cancel the job."""
        return await asyncio.shield(asyncio.wrap_future(self.call(job)))

    def close(self) -> None:
        """Do what was handed in, close the store, and only then return."""
        with self._gate:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def __enter__(self) -> OwnerThread:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _work(self) -> None:
        try:
            while (waiting := self._jobs.get()) is not None:
                self._do(*waiting)
                waiting = None  # Else the last result would be held until the next job.
        finally:
            self._store.close()

    def _do(self, job: Callable[[Store], Any], future: Future[Any]) -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            result = job(self._store)
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)
