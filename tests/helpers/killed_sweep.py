"""A sweep in a process of its own, for the test that kills it: STUDY OUT."""

import sys
from pathlib import Path

from pingan_abm.study.keep import writer
from pingan_abm.study.plan.files import read_study
from pingan_abm.study.run import sweep
from pingan_abm.study.run.workers import LocalWorkers

if __name__ == "__main__":
    writer.FLUSH_SECONDS = 0.2  # store often, so that a kill finds some runs stored and others not
    sweep.run_sweep(read_study(Path(sys.argv[1])), Path(sys.argv[2]), LocalWorkers(2))
