"""Small dense codes for long texts that come back millions of times (pupil keys, learning objectives).

DuckDB hashes each text to 64 bits; a table by the upper bits answers nearly all look-ups, a sorted list the rest.
"""

import numpy as np
from numpy.typing import NDArray

BITS = 18


class Codes:
    """Codes 0, 1, 2, ... for 64-bit hashes in the order in which they were added."""

    def __init__(self) -> None:
        self._hashes = np.empty(0, np.uint64)  # sorted
        self._codes = np.empty(0, np.int32)  # of `_hashes`
        self._slot_hash = np.zeros(1 << BITS, np.uint64)
        self._slot_code = np.full(1 << BITS, -1, np.int32)

    def __len__(self) -> int:
        return len(self._hashes)

    def find(self, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Give the code of each hash, -1 where it has none yet."""
        slots = hashes >> np.uint64(64 - BITS)
        codes = self._slot_code[slots]
        missed = np.flatnonzero((self._slot_hash[slots] != hashes) | (codes < 0))
        if missed.size:
            codes[missed] = self._search(hashes[missed])
        return np.asarray(codes)

    def add(self, hashes: NDArray[np.uint64]) -> None:
        """Give the next codes to hashes (each once, none known yet)."""
        new = np.arange(len(self), len(self) + hashes.size, dtype=np.int32)
        slots = hashes >> np.uint64(64 - BITS)
        self._slot_hash[slots] = hashes
        self._slot_code[slots] = new
        together = np.concatenate((self._hashes, hashes))
        order = np.argsort(together)
        self._hashes = together[order]
        self._codes = np.concatenate((self._codes, new))[order]

    def _search(self, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        if not len(self):
            return np.full(hashes.size, -1, np.int32)
        place = np.minimum(np.searchsorted(self._hashes, hashes), len(self) - 1)
        return np.where(self._hashes[place] == hashes, self._codes[place], np.int32(-1))
