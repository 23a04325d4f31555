"""Which answer ids were counted before. Pure: packed blocks in, packed blocks out.

Blocks are like the leaves of a B-tree: each holds the ids from its own key up to the next block's key, and is split
when it grows; so ids may be dense or far apart. The first block's key is 0.
"""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from connectors.practice.packing import Ints, pack_set, unpack_set, within

BLOCK = 65_536
"""Ids in a fresh block; one is split at twice as many."""
NO_IDS: Ints = np.empty(0, np.int64)


def touched(blocks: Ints, ids: Ints) -> Ints:
    """Give the keys of the blocks (sorted) in which sorted ids fall."""
    bounds = np.searchsorted(ids, np.append(blocks[1:], np.iinfo(np.int64).max), side="left")
    return blocks[np.diff(bounds, prepend=0) > 0] if blocks.size else blocks


def look_up(blocks: Mapping[int, bytes], ids: Ints) -> Ints:
    """Give those of the sorted ids that are in one of the blocks."""
    found = [ids[within(ids, unpack_set(packed))] for packed in blocks.values()]
    return np.sort(np.concatenate(found)) if found else NO_IDS


def add(keys: Ints, blocks: Mapping[int, bytes], ids: Ints) -> dict[int, bytes]:
    """Add sorted ids, all new; `keys` are of all blocks there are, `blocks` those touched. Gives what changed."""
    changed: dict[int, bytes] = {}
    keys = keys if keys.size else np.zeros(1, np.int64)
    bounds = [0, *np.searchsorted(ids, keys[1:]).tolist(), ids.size]
    for key, (start, end) in zip(keys.tolist(), pairwise(bounds), strict=True):
        new = ids[start:end]
        if not new.size:
            continue
        if key in blocks:
            new = np.sort(np.concatenate((unpack_set(blocks[key]), new)))
        size = BLOCK if new.size >= 2 * BLOCK else new.size
        for at in range(0, new.size, size):
            leaf = new[at : at + size]
            changed[int(leaf[0]) if at else key] = pack_set(leaf)
    return changed
