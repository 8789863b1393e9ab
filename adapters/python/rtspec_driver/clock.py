# Virtual time for a subject's process: time.time(), time.monotonic(), datetime.now() and their like follow the harness's
# clock. Import and install before the subject: what has taken time.time by name before keeps the real one.
import ctypes
import datetime
import gc
import time

EPOCH_S = 1767225600  # 2026-01-01T00:00:00Z, where every case begins

real_sleep = time.sleep


class Clock:
    """Virtual milliseconds since the case began; moved by the harness alone."""

    def __init__(self):
        self.begin()

    def begin(self):
        """A case begins."""
        self.now_ms = 0.0
        self._counted_ns = -1

    def seconds(self):
        """Since the process's own zero, as time.monotonic() counts."""
        return self.now_ms / 1000.0

    def counter_ns(self):
        """As time.perf_counter_ns() counts: never twice the same, for clients divide by how long something took."""
        self._counted_ns = max(round(self.now_ms * 10**6), self._counted_ns + 1)
        return self._counted_ns


clock = Clock()


def install():
    """Replaces the functions of `time` and `datetime` that read a clock, and time.sleep()."""
    seconds = clock.seconds
    time.time = lambda: EPOCH_S + seconds()
    time.time_ns = lambda: EPOCH_S * 10**9 + round(clock.now_ms * 10**6)
    time.monotonic = seconds
    time.monotonic_ns = lambda: round(clock.now_ms * 10**6)
    time.perf_counter = lambda: clock.counter_ns() / 10**9
    time.perf_counter_ns = clock.counter_ns
    _replace(datetime.datetime, "now", lambda cls, tz=None: cls.fromtimestamp(time.time(), tz))
    _replace(datetime.datetime, "utcnow", lambda cls: cls.now(datetime.timezone.utc).replace(tzinfo=None))
    # A thread that sleeps keeps nothing waiting: nobody can say when its virtual time has come.
    time.sleep = lambda _seconds: real_sleep(0)


def _replace(cls, name, function):
    """These read the clock in C. A type of C takes no attributes, but its dictionary does: so there is one datetime, also for
    who has taken it by name before."""
    gc.get_referents(cls.__dict__)[0][name] = classmethod(function)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(cls))
