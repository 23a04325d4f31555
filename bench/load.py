"""A small closed-loop load client on loopback: N kept-alive connections, each with one request under way at a time.

Run as a process of its own, so that the server's workers are measured and not the client's interpreter lock. Every run
is bounded in time.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import cycle


class Client(asyncio.Protocol):
    """One connection; counts a response once its Content-Length has come in."""

    def __init__(self, requests: Iterator[bytes], stop_at: float, latencies: list[float], sizes: list[int]) -> None:
        self.requests, self.stop_at, self.latencies, self.sizes = requests, stop_at, latencies, sizes
        self.buffer = b""
        self.needed = 0
        self.started = 0.0
        self.failures = 0
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.send()

    def send(self) -> None:
        self.buffer, self.needed, self.started = b"", 0, time.perf_counter()
        self.transport.write(next(self.requests))  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.needed:
            head, mark, _ = self.buffer.partition(b"\r\n\r\n")
            if not mark:
                return
            self.failures += not head.startswith(b"HTTP/1.1 200")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            self.needed = len(head) + 4 + int(length.split(b":")[1])
        if len(self.buffer) < self.needed:
            return
        now = time.perf_counter()
        self.latencies.append(now - self.started)
        self.sizes.append(self.needed)
        if now < self.stop_at:
            self.send()
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(self.failures + (exc is not None))


async def run(port: int, requests: list[bytes], connections: int, seconds: float) -> dict[str, float]:
    """Load one server and return requests per second, percentiles in ms, bytes and own CPU in ms per response."""
    loop = asyncio.get_running_loop()
    latencies: list[float] = []
    sizes: list[int] = []
    started, busy = time.perf_counter(), time.process_time()
    clients: list[Client] = []
    for number in range(connections):
        turn = cycle(requests[number::connections] or requests)
        _, client = await loop.create_connection(
            partial(Client, turn, started + seconds, latencies, sizes), "127.0.0.1", port
        )
        clients.append(client)
    failures = sum(await asyncio.gather(*(client.done for client in clients)))
    elapsed, busy = time.perf_counter() - started, time.process_time() - busy
    ranked = sorted(latencies)
    at = {f"p{share}": 1000 * ranked[min(len(ranked) - 1, len(ranked) * share // 100)] for share in (50, 95, 99)}
    each = {"bytes": sum(sizes) / len(sizes), "client": 1000 * busy / len(ranked)}
    return {"per_second": len(ranked) / elapsed, **at, **each, "failures": failures}


if __name__ == "__main__":
    asked = json.loads(sys.stdin.read())
    lines = [text.encode("latin-1") for text in asked["requests"]]
    print(json.dumps(asyncio.run(run(asked["port"], lines, asked["connections"], asked["seconds"]))))
