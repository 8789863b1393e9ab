# An asyncio event loop in virtual time. Where the usual one would sleep until its next timer, this one says that it is idle
# and waits for a socket or for the harness, which alone moves time.
import asyncio
import selectors
import socket

from .clock import clock


class _Selector(selectors.DefaultSelector):
    """Blocks only where nothing is ready, and lets `control` know before; never sleeps for a timer."""

    def __init__(self, control):
        super().__init__()
        self._control = control
        self.register(control.fileno(), selectors.EVENT_READ)
        self.in_threads = 0
        self.may_block = True

    def select(self, timeout=None):
        ready, was_told = self._look(0)
        # What the harness asked for may be ready to run now: that first.
        if ready or was_told or timeout == 0 or not self.may_block:
            return ready
        # What runs in a thread comes back by itself: until then this is no quiet.
        if self.in_threads == 0:
            self._control.idle()
        return self._look(None)[0]

    def _look(self, timeout):
        self._control.flush()
        ready = super().select(timeout)
        others = [each for each in ready if each[0].fd != self._control.fileno()]
        was_told = len(others) < len(ready)
        if was_told:
            self._control.read()
        return others, was_told


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
        self._dialling = 0
        self.received = 0
        self.sent = 0

    def _make_socket_transport(self, sock, *args, **kwargs):
        if type(sock) is socket.socket and sock.family in (socket.AF_INET, socket.AF_INET6):
            sock = _Counted(sock.family, sock.type, sock.proto, sock.detach())
            sock.loop = self
        return super()._make_socket_transport(sock, *args, **kwargs)

    def time(self):
        return clock.seconds()

    def tick(self, now_ms):
        """It is that late now: timers that are due run next."""
        clock.now_ms = now_ms

    def timers(self):
        """When the timers that wait are due, earliest first, in virtual milliseconds."""
        # Floats of seconds: half a microsecond is nothing that anyone asked for.
        return sorted(round(each.when() * 1000.0, 3) for each in self._scheduled if not each.cancelled())

    def sockets(self):
        """Connections that are open or being made, as far as asyncio made them."""
        # A transport that is closed stays in the table until it is collected.
        open_ones = [each for each in self._transports.values() if getattr(each, "_sock", None) is not None]
        return len(open_ones) + self._dialling

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
            for task in asyncio.all_tasks(self):
                task.cancel()
            self._turn(10)
        for transport in list(self._transports.values()):
            transport.abort()
        self._turn(5)
        self.close()

    def _turn(self, times):
        for _ in range(times):
            self.call_soon(self.stop)
            self.run_forever()
