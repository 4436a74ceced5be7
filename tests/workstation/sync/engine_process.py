"""An engine over an existing station database in a process of its own; runs until it is killed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.faults.station import KEY, StationUnderTest
from tests.workstation.sync.conftest import impatient_engine
from workstation.database.station import the_station
from workstation.database.store import Store

if __name__ == "__main__":
    store = Store(Path(sys.argv[1]), KEY)
    engine = impatient_engine(StationUnderTest(store, store.read(the_station), None), sys.argv[2])  # type: ignore[arg-type]  # no pictures are made here
    engine.start()
    time.sleep(120)
    engine.stop()
    store.close()
