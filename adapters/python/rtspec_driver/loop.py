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
        self._control = control
        self._busy_turns = 0
        self.in_threads = 0
        self.may_block = True
        self.has_work = lambda: True

    def select(self, timeout=None):
        self._control.flush()
        if not self.may_block:
            return super().select(0)
        if timeout == 0:
            return self._while_busy()
        self._busy_turns = 0
        while True:
            if self._control.is_asked():
                # What runs in a thread comes back by itself: until then this is no quiet.
                ready = super().select(None if self.in_threads > 0 else 0)
                if ready:
                    return ready
                self._control.idle()
            self._control.read()
            self._control.flush()
            if self.has_work():
                return []

    def _while_busy(self):
        self._busy_turns += 1
        if self._busy_turns % BUSY_TURNS != 0:
            return []
        if not self._control.is_asked():
            self._control.read_if_any()
        return super().select(0)


class _Counted(socket.socket):
    """Counts what passes, so that the harness knows when nothing is on the way."""

    loop = None

    def recv(self, *args):
        data = super().recv(*args)
        self.loop.received += len(data)
        return data

    def recv_into(self, *args):
        count = super().recv_into(*args)
        self.loop.received += count
        return count

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
        self.received = 0
        self.sent = 0

    def _make_socket_transport(self, sock, *args, **kwargs):
        if type(sock) is socket.socket and sock.family in (socket.AF_INET, socket.AF_INET6):
            sock = _Counted(sock.family, sock.type, sock.proto, sock.detach())
            sock.loop = self
        transport = super()._make_socket_transport(sock, *args, **kwargs)
        self._made.append(weakref.ref(transport))
        return transport

    def _has_work(self):
        """Something is ready to run, or due by now."""
        if self._ready or self._stopping:
            return True
        return bool(self._scheduled) and self._scheduled[0].when() <= self.time() + self._clock_resolution

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
