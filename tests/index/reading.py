"""A program that searches a store all the time, through syncs of another process, and says what it sees.

`python -m tests.index.reading STORE MODEL` says `GENERATION TIME` (a generation and when it was first seen, in seconds
of the monotonic clock) for each, until its input ends; then `searched COUNT`. It fails where a search does, or where
what one snapshot gives is not of one generation: every text is of the edition that the generation has.
"""

import re
import select
import sys
import time
from contextlib import closing
from pathlib import Path

from index.live import LiveStore
from index.settings import Settings
from index.store import Store


def main(folder: str, model: str) -> None:
    """Search until the input ends."""
    seen, count = 0, 0
    with closing(LiveStore(Settings(Path(folder), model))) as live:
        while not select.select([sys.stdin], [], [], 0)[0]:
            store = live.current()
            if store.generation != seen:
                seen = store.generation
                print(f"{seen} {time.monotonic()}", flush=True)
            check(store)
            count += 1
    print(f"searched {count}", flush=True)


def check(store: Store) -> None:
    """Read and search one snapshot; SystemExit where it is not whole."""
    texts = [hit.passage.text for hit in store.search("owls that were counted", 50)]
    texts += [document.text for document in store.documents.values()]
    editions = {int(edition) for text in texts for edition in re.findall(r"edition (\d+)", text)}
    held = store.counts()
    if editions != {store.generation} or held["documents"] != 20 + store.generation or len(texts) < 50:
        raise SystemExit(f"generation {store.generation} gave editions {editions} of {held}, {len(texts)} texts")


if __name__ == "__main__":
    main(*sys.argv[1:])
