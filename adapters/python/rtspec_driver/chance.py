# Seeded chance for a subject's process: os.urandom (and with it uuid, secrets and SystemRandom) and the module `random`.
import os
import random

_bytes = random.Random()


def _urandom(size):
    return _bytes.randbytes(size)


def install():
    """Call before the subject is imported."""
    os.urandom = _urandom
    # What random.SystemRandom, and so secrets, has taken by name; uuid looks in os each time.
    random._urandom = _urandom


def reseed(seed):
    """From here on every random byte follows from `seed`. The streams are apart, so that one does not shift the other."""
    _bytes.seed(f"bytes {seed}")
    random.seed(f"random {seed}")
