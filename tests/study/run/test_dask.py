"""A sweep on a Dask cluster gives what it gives on this machine."""

from pathlib import Path

import pytest

from pingan_abm.study.keep.folder import open_store
from pingan_abm.study.keep.store import export_table
from pingan_abm.study.plan.files import read_study
from pingan_abm.study.run import workers
from pingan_abm.study.run.sweep import run_sweep
from pingan_abm.study.run.workers import LocalWorkers, make_workers
from pingan_abm.texts.errors import InputErrors

distributed = pytest.importorskip("distributed", reason="the cluster extra is not installed")

STUDY = "residents = 2000\ndays = 10\nreplications = 2\n[parameters]\naccountability = { values = [0.1, 0.9] }\n"


@pytest.mark.slow
def test_a_cluster_gives_the_same_table(tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(STUDY)
    study = read_study(tmp_path / "study.toml")
    run_sweep(study, tmp_path / "here", LocalWorkers(1))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        done = run_sweep(study, tmp_path / "there", make_workers(f"dask://{address}", 1))
    assert (done.done, done.failed) == (4, 0)
    assert export_table(open_store(tmp_path / "here")).equals(export_table(open_store(tmp_path / "there")))


@pytest.mark.slow
def test_a_scheduler_that_does_not_answer_is_told() -> None:
    with pytest.raises(InputErrors, match="no Dask scheduler answers"):
        make_workers("dask://127.0.0.1:9", 1)


@pytest.mark.slow
def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this the sweep would wait for ever and say nothing."""
    monkeypatch.setattr(workers, "WAIT_FOR_CLUSTER", 1)
    with distributed.LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")
        with pytest.raises(InputErrors, match="has no workers; start at least one"):
            make_workers(f"dask://{address}", 1)
