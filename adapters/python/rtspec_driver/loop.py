# An asyncio event loop in virtual time. Where the usual one would sleep until its next timer, this one says that it is idle
# and waits for the harness, which alone moves time. It looks at its sockets only when it was asked to settle: what the
# client hears it thus hears at the time that the question tells.
import asyncio
import selectors
import socket
import weakref

from .clock import clock

# A client that keeps itself busy waiting for its socket is let have it every so many turns.
BUSY_TURNS = 16


class _Selector(selectors.DefaultSelector):
    """Answers at once where something is ready to run; else looks at the sockets; else says so and waits for the harness."""

    def __init__(self, control):
        super().__init__()
        self.control = control
        self._busy_turns = 0
        self.in_threads = 0
        self.may_block = True
        self.has_work = lambda: True
        # Sockets of which the client may not read all that has come.
        self.kept = set()

    def select(self, timeout=None):
        self.control.flush()
        if not self.may_block:
            return super().select(0)
        if timeout == 0:
            return self._while_busy()
        self._busy_turns = 0
        while True:
            if self.control.is_asked():
                # What runs in a thread comes back by itself: until then this is no quiet.
                ready = self._look()
                if ready:
                    return ready
                if self.control.step():
                    continue
                self.control.idle()
            self.control.read()
            self.control.flush()
            if self.has_work():
                return []

    def _while_busy(self):
        self._busy_turns += 1
        if self._busy_turns % BUSY_TURNS != 0:
            return []
        if not self.control.is_asked():
            self.control.read_if_any()
        return self._readable(super().select(0))

    def _look(self):
        ready = self._readable(super().select(None if self.in_threads > 0 else 0))
        while self.in_threads > 0 and not ready:
            ready = self._readable(super().select(0.001))
        return ready

    def _readable(self, ready):
        """Without the sockets on which the client has read what it may."""
        if not self.kept:
            return ready
        full = {sock.fileno() for sock in self.kept if sock.passed >= sock.end}
        masked = [(key, mask & ~selectors.EVENT_READ if key.fd in full else mask) for key, mask in ready]
        return [(key, mask) for key, mask in masked if mask]


class _Counted(socket.socket):
    """Counts what passes, so that the harness knows when nothing is on the way. Where it was told an `end`, the client reads
    no further."""

    loop = None
    passed = 0
    end = None

    def _at_most(self, size):
        if self.end is None:
            return size
        if self.passed >= self.end:
            raise BlockingIOError
        return min(size, self.end - self.passed)

    def _note(self, count):
        self.passed += count
        self.loop.received += count

    def recv(self, size, *args):
        data = super().recv(self._at_most(size), *args)
        self._note(len(data))
        return data

    def recv_into(self, buffer, nbytes=0, *args):
        count = super().recv_into(buffer, self._at_most(nbytes or len(buffer)), *args)
        self._note(count)
        return count

    def close(self):
        self.loop.forget(self)
        super().close()

    def send(self, *args):
        count = super().send(*args)
        self.loop.sent += count
        return count

    def sendmsg(self, *args):
        count = super().sendmsg(*args)
        self.loop.sent += count
        return count


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self, control):
        self._virtual = _Selector(control)
        super().__init__(self._virtual)
        self._clock_resolution = 1e-6
        self._virtual.has_work = self._has_work
        self._dialling = 0
        self._made = []
        self._by_port = {}
        self._stepping = None
        self._ends = []
        self._keeps_more = False
        self._before = None
        self._is_held = False
        self.received = 0
        self.sent = 0

    def _make_socket_transport(self, sock, *args, **kwargs):
        if type(sock) is socket.socket and sock.family in (socket.AF_INET, socket.AF_INET6):
            sock = _Counted(sock.family, sock.type, sock.proto, sock.detach())
            sock.loop = self
            self._by_port[sock.getsockname()[1]] = sock
        transport = super()._make_socket_transport(sock, *args, **kwargs)
        self._made.append(weakref.ref(transport))
        return transport

    def _has_work(self):
        """Something is ready to run, or due by now."""
        if self._ready or self._stopping:
            return True
        return bool(self._scheduled) and self._scheduled[0].when() <= self.time() + self._clock_resolution

    def keep_to(self, steps):
        """`steps`: a connection's port, and the bytes up to which the client may read it: to the first now, to each other when
        it has gone quiet and done nothing but listen."""
        self._is_held = False
        self._ends = []
        self._stepping = self._by_port.get(steps["port"]) if steps else None
        if self._stepping:
            self._ends = list(reversed(steps["ends"]))
            self._keeps_more = steps.get("more", False)
            self._open()
            self._before = self._doing()

    def _open(self):
        sock = self._stepping
        sock.end = self._ends.pop()
        self._virtual.kept.add(sock)

    def _doing(self):
        return self.sent, self.sockets()

    def hold(self):
        """The harness has something to do before the next step."""
        self._is_held = True

    def step(self):
        """Lets the client have more: the next frame, and tells so, or all. False: it has what it may have."""
        sock = self._stepping
        if sock is None or sock.passed != sock.end:
            return False
        if not self._ends and self._keeps_more:
            return False
        if not self._ends:
            # That was all of them: what comes behind them is kept from nobody.
            self.forget(sock)
            return True
        if self._is_held or self._doing() != self._before:
            return False
        self._open()
        self._virtual.control.send_line('{"is":"step"}')
        return True

    def forget(self, sock):
        sock.end = None
        self._virtual.kept.discard(sock)
        if sock is self._stepping:
            self._stepping = None

    def time(self):
        return clock.seconds()

    def tick(self, now_ms):
        """It is that late now: timers that are due run next."""
        clock.now_ms = now_ms

    def timers(self):
        """How many timers wait, and when the earliest is due, in virtual milliseconds."""
        due = [each.when() for each in self._scheduled if not each.cancelled()]
        # Floats of seconds: half a microsecond is nothing that anyone asked for.
        return len(due), round(min(due) * 1000.0, 3) if due else None

    def sockets(self):
        """Connections that are open or being made, as far as asyncio made them."""
        # A transport that is closed lives on until it is collected.
        self._made = [each for each in self._made if getattr(each(), "_sock", None) is not None]
        return len(self._made) + self._dialling

    def run_in_executor(self, executor, func, *args):
        future = super().run_in_executor(executor, func, *args)
        self._virtual.in_threads += 1
        future.add_done_callback(self._back_from_thread)
        return future

    def _back_from_thread(self, _future):
        self._virtual.in_threads -= 1

    async def sock_connect(self, sock, address):
        self._dialling += 1
        try:
            return await super().sock_connect(sock, address)
        finally:
            self._dialling -= 1

    def dissolve(self):
        """Cancels what still runs, cuts what is still connected, and closes. For the end of a case."""
        self._virtual.may_block = False
        for sock in list(self._virtual.kept):
            self.forget(sock)
        for _ in range(3):
            tasks = asyncio.all_tasks(self)
            if not tasks:
                break
            for task in tasks:
                task.cancel()
            self._turn(10)
        for transport in list(self._transports.values()):
            transport.abort()
        self._turn(5)
        self.close()

    def _turn(self, times):
        def count(left):
            self.call_soon(count, left - 1) if left > 0 else self.stop()

        self.call_soon(count, times - 1)
        self.run_forever()
