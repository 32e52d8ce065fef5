"""How the app reaches its hosts: one in a worker process of its own, or one on each worker of a Dask cluster.

A link offers `call(name, *args)`, which is `Host.<name>(*args)` elsewhere, and `close()`. Exceptions of the host come
through; LinkError means that the host cannot be reached any more.

Dask could serve the local worker too: with scheduler and worker inside that one process, 100 live runs cost the app
4.4 % of a core and 66 MiB and a poll took 7 ms; pipes cost 1.6 % and 38 MiB, and a poll 1.5 ms (medians of a benchmark
like benchmarks/sessions.py, on a busy machine). All of that is little. What decided is that a Dask scheduler is a
port without a password: on a computer with several users, each of them could run code in the name of this one.
"""

import contextlib
import json
import os
import pickle
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Seconds without an answer after which a worker is taken for dead: it may have hung. The longest call, slow motion of
# the largest networks while others like them train, takes 2 s, and took 23 s beside four programs that never rest.
TIMEOUT = 30.0
CONNECT = 5.0  # seconds of a try to reach a cluster
START = 120.0  # seconds that one may take to come up: torch on a cold disk, and the rehearsal


class LinkError(Exception):
    """The host is gone, or never came; the text is one sentence for visitors, the cause says more."""


class HostActor:
    """A host with its own thread, where it runs. The class needs no torch, so the app can name it to a cluster."""

    def __init__(self, options: dict):
        from wgan_demo.engine.host import Host
        from wgan_demo.engine.rehearsal import rehearse

        speed = rehearse()
        self._host = Host(thread=True, speed=speed, **options)

    def call(self, name: str, *args) -> tuple[bool, object]:
        """(True, value) of `Host.<name>(*args)`, or (False, exception)."""
        try:
            return True, getattr(self._host, name)(*args)
        except Exception as error:
            return False, error


class LocalWorker:
    """A worker process, spoken to through its pipes: no port, and it ends with the app, even by SIGKILL."""

    def __init__(self, options: dict):
        self._lock = threading.Lock()
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "wgan_demo.engine.worker", json.dumps(options)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                env=os.environ | {"OMP_NUM_THREADS": "1"},
                start_new_session=True,  # Ctrl+C is for the app
            )
        except OSError as error:  # no memory or no process left
            raise LinkError("The training worker did not start.") from error
        try:
            self._exchange(START)
        except LinkError as error:
            self.close()
            raise LinkError("The training worker did not start.") from error

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def call(self, name: str, *args):
        with self._lock:
            fine, value = self._exchange(TIMEOUT, name, *args)
        if fine:
            return value
        raise value

    def _exchange(self, seconds: float, *request) -> tuple[bool, object]:
        """Send a request, if there is one, and wait for the answer. A worker that has hung is killed after so long."""
        begun, watch = time.monotonic(), threading.Timer(seconds, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            if request:
                pickle.dump(request, self._process.stdin, pickle.HIGHEST_PROTOCOL)
                self._process.stdin.flush()
            return pickle.load(self._process.stdout)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            hung = time.monotonic() - begun >= seconds
            what = f"has not answered for {seconds:g} s" if hung else "has stopped"
            raise LinkError(f"The training worker {what}.") from error
        finally:
            watch.cancel()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # of what could not be sent any more
                pipe.close()


class DaskWorker:
    """A host as an actor on one worker of a cluster. Its leases run out when the app is gone."""

    def __init__(self, client, address: str, options: dict):
        self.address = address
        try:
            self._actor = client.submit(HostActor, options, actor=True, workers=[address], pure=False).result(START)
        except Exception as error:
            raise LinkError("A training worker did not start.") from error

    def call(self, name: str, *args):
        try:
            fine, value = self._actor.call(name, *args).result(TIMEOUT)
        except Exception as error:  # Dask raises a ValueError, an OSError or a TimeoutError, as it happens
            raise LinkError("The training worker has stopped.") from error
        if fine:
            return value
        raise value

    def close(self) -> None:
        self._actor = None


class LocalWorkers:
    """One worker process, and a new one when that is gone."""

    def __init__(self, options: dict):
        self._options = options

    def connect(self, links: list[LocalWorker]) -> list[LocalWorker]:
        """New links beside these."""
        return [] if links else [LocalWorker(self._options)]

    def close(self) -> None:
        """The process went with its link."""


class DaskWorkers:
    """One host on every worker of the cluster at `scheduler`, also on those that join later."""

    def __init__(self, scheduler: str, options: dict):
        self._scheduler, self._options = scheduler, options
        self._client = None

    def connect(self, links: list[DaskWorker]) -> list[DaskWorker]:
        """New links beside these. Raises LinkError if the cluster does not answer or a new worker has no host."""
        from distributed import Client

        try:
            if self._client is None or self._client.status != "running":
                self.close()
                self._client = Client(self._scheduler, timeout=CONNECT, name="wgan-demo")
            workers = self._client.scheduler_info(n_workers=-1)["workers"]
        except Exception as error:  # what Dask raises depends on the address: an OSError, a ValueError, a TypeError
            raise LinkError("The training cluster does not answer.") from error
        if not workers:
            raise LinkError("The training cluster has no workers.")
        return [
            DaskWorker(self._client, address, self._options)
            for address in workers
            if address not in {link.address for link in links}
        ]

    def close(self) -> None:
        """Leave the cluster; the hosts' actors go with the client."""
        if self._client is not None:
            self._client.close()
