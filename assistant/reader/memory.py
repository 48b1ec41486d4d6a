"""Memory kept for training: on Linux what a step frees stays with the process for the next one.

Each step takes and gives back some gigabytes in large pieces; handed to the system and taken anew they can cost more
than the arithmetic: both cores were seen to spend all their time in the system. Elsewhere nothing is done.
"""

import ctypes
import sys

_TRIM, _TOP_PAD, _MMAP = -1, -2, -3  # M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD of mallopt(3)


def keep_memory() -> None:
    """Tell glibc's allocator to take large pieces from its heap, and to keep it."""
    if not sys.platform.startswith("linux"):
        return
    try:
        tell = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    for setting, size in ((_MMAP, 1 << 30), (_TRIM, 2**31 - 1), (_TOP_PAD, 1 << 28)):
        tell(setting, size)
