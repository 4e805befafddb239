"""Ask the processor to fetch a register's row before it is needed.

What falls due on a day lies scattered over registers of tens of megabytes, so a kernel would wait for memory at nearly
every row. It is a hint: nothing that is computed depends on it, and interpreted runs do without.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

LINE = 64  # bytes that the processor fetches at a time
TO_READ, KEEP, DATA = 0, 3, 1  # LLVM's codes: for reading, into all caches, data


def unfetched(rows: np.ndarray, place: int) -> None:
    """What an interpreted run does instead: nothing."""


def prefetched(context_of_types: Any, rows: Any, place: Any) -> tuple[Any, Callable[..., Any]]:
    """The type and the code of `prefetch(rows, place)`, as numba asks for them: one request for every line of the
    row; of several axes, for the first number of the row."""

    def written(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = signature.args[0]
        array = make_array(kind)(context, builder, arguments[0])
        first = [arguments[1], *[cgutils.intp_t(0)] * (kind.ndim - 1)]
        row = cgutils.get_item_pointer(context, builder, kind, array, first, wraparound=False)
        number, address = cgutils.int32_t, cgutils.voidptr_t
        kind_of_request = cgutils.ir.FunctionType(cgutils.ir.VoidType(), [address, number, number, number])
        request = cgutils.get_or_insert_function(builder.module, kind_of_request, "llvm.prefetch.p0")
        start = builder.bitcast(row, address)
        for offset in range(0, context.get_abi_sizeof(context.get_data_type(kind.dtype)), LINE):
            line = builder.gep(start, [cgutils.intp_t(offset)])
            builder.call(request, [line, number(TO_READ), number(KEEP), number(DATA)])
        return context.get_dummy_value()

    return numba.types.void(rows, numba.types.intp), written


prefetch: Callable[[np.ndarray, int], None] = unfetched if numba.config.DISABLE_JIT else intrinsic(prefetched)
