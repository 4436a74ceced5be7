"""A disk that fails now and then: libfiu makes this process's own calls of the C library fail (under `fiu-run -x`)."""

from __future__ import annotations

import ctypes
import errno

EVERYTHING = (b"posix/io/rw/*", b"posix/io/sync/*", b"posix/io/dir/*", b"posix/io/oc/open")
READING_AND_WRITING = (b"posix/io/rw/*", b"posix/io/sync/*")
WRITING = (b"posix/io/rw/write", b"posix/io/rw/pwrite", b"posix/io/rw/writev", b"posix/io/rw/pwritev")


class FailingDisk:
    """Fails each of the `points` at that probability with that error while it is on."""

    def __init__(
        self, probability: float, seed: int, *, points: tuple[bytes, ...] = EVERYTHING, error: int = errno.EIO
    ) -> None:
        self._fiu = ctypes.CDLL("libfiu.so.0")
        self._fiu.fiu_set_prng_seed(ctypes.c_uint(seed))
        self._fiu.fiu_enable_random.argtypes = (
            ctypes.c_char_p,
            ctypes.c_int,
            ctypes.c_void_p,
            ctypes.c_uint,
            ctypes.c_float,
        )
        self._fiu.fiu_disable.argtypes = (ctypes.c_char_p,)
        self._points, self._error, self._probability = points, error, probability

    def on(self) -> None:
        for point in self._points:
            self._fiu.fiu_enable_random(point, 1, self._error, 0, self._probability)

    def off(self) -> None:
        for point in self._points:
            self._fiu.fiu_disable(point)
