"""What the next items of a day will need, fetched from memory while the present one is handled.

What falls due on a day, and whom it concerns, lies scattered over registers of tens of megabytes. A day waits for
memory longer than it computes. Nothing here changes a value, so nothing that is computed depends on it.
"""

from pingan_abm.engine.compiled import compiled
from pingan_abm.engine.prefetch import prefetch
from pingan_abm.world.calendar import Due
from pingan_abm.world.world import World

AHEAD = 6  # items of a day: long enough for memory to answer, short enough to be still in the cache by then


@compiled
def fetch_person(w: World, i: int) -> None:
    """One resident: her row, her trust, what she has heard."""
    prefetch(w.residents, i)
    prefetch(w.trust, i)
    prefetch(w.heard, i)


@compiled
def fetch_affected(w: World, number: int) -> None:
    """Everyone affected by a problem, and whom they know. They live side by side, but where the last of a grid is
    followed by its first, who is not fetched: to find her takes longer than to wait for her."""
    problem = w.problems[number]
    fetch_person(w, int(problem.resident))
    for i in range(problem.resident, problem.resident + problem.affected):
        prefetch(w.residents, i)
        prefetch(w.contacts, i)


@compiled
def fetch_item(w: World, node: int) -> int:
    """Fetch whom an item of the residents' or society's day concerns. Returns the node that follows, −1 after the
    last."""
    if node < 0:
        return -1
    entry = w.nodes[node]
    if entry.kind == Due.DECISION:
        fetch_person(w, int(w.problems[entry.subject].resident + entry.part))
    elif entry.kind == Due.TRY_ENDS:
        fetch_affected(w, entry.subject)
    elif entry.kind != Due.EVALUATION:  # whose problem is not fetched yet: to look it up would be to wait for it
        fetch_person(w, int(w.problems[entry.subject].resident))
    return int(entry.next)


@compiled
def fetch_first(w: World, node: int) -> int:
    """Fetch whom the first items of a list concern. Returns the node after them."""
    for _ in range(AHEAD):
        node = fetch_item(w, node)
    return node


@compiled
def fetch_waiting(w: World, patch: int) -> None:
    """Fetch what waits longest in a patch, and the closure that its officer visits first."""
    if patch < w.grids.shape[0]:
        if w.grids[patch].head >= 0:
            prefetch(w.problems, w.grids[patch].head)
        if w.grids[patch].revisit_head >= 0:
            prefetch(w.closures, w.grids[patch].revisit_head)


@compiled
def fetch_patch(w: World, patch: int) -> None:
    """Fetch whom these concern: those that `fetch_waiting` has fetched a while before."""
    if patch < w.grids.shape[0]:
        if w.grids[patch].head >= 0:
            who = w.problems[w.grids[patch].head].resident
            prefetch(w.contacts, who)
            fetch_person(w, int(who))
        if w.grids[patch].revisit_head >= 0:
            prefetch(w.problems, w.closures[w.grids[patch].revisit_head].problem)
