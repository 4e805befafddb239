"""One argument in the place of many arrays: how compiled functions take the whole state as `w: World`.

numba passes an array as seven words. A function that works on twenty arrays therefore passes 140 words at each call,
which costs more than most of our rules do, and its signature is twenty names long. A bundle is passed as **one
pointer**, whatever it holds:

1. Python: a bundle is a dataclass of arrays. It keeps a small table of integers beside them: for each array the address
   of its first byte and its length along each axis. Setting an attribute updates the table, so an array may be replaced
   (a register grows) between calls.
2. The call: numba receives the address of that table (`unbox_bundle`).
3. Compiled code: `w.problems` reads address and lengths from the table and builds an array over that memory
   (`read_array`). It is an ordinary array from there on. LLVM is informed that the table does not change during a call,
   so it reads each entry once.
4. Interpreted code (`NUMBA_DISABLE_JIT=1`) reads the same attribute of the same object: functions are written once.

What has to hold: the bundle lives as long as the call; no array is replaced or resized in place during a call; every
array is contiguous and of the declared type, which is checked when it is set. A copy, or what is unpickled, builds a
table of its own. The measurements behind this, and what was refused, stand in docs/decisions.md.
"""

from dataclasses import field, fields
from typing import Any, ClassVar, TypeVar, cast

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils
from numba.core.datamodel import models, register_default
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, unbox
from numba.np.arrayobj import make_array, populate_array

POINTER = ir.IntType(64).as_pointer()  # to the table, whose entries are 64-bit integers

BundleClass = TypeVar("BundleClass", bound="type[Bundle]")


def array(dtype: Any, axes: int = 1) -> Any:
    """Declare a field of a bundle: a contiguous array of this dtype with so many axes."""
    return field(metadata={"dtype": np.dtype(dtype), "axes": axes})


class BundleType(numba.types.Type):
    """The numba type of a bundle class.

    arrays: (name, dtype, number of axes) of each array. `first_entry` says where in the table each array's entries
    begin.
    """

    def __init__(self, name: str, arrays: tuple[tuple[str, np.dtype[Any], int], ...]) -> None:
        self.arrays = {array: numba.types.Array(numba.from_dtype(dtype), axes, "C") for array, dtype, axes in arrays}
        self.dtypes = {array: dtype for array, dtype, _ in arrays}
        self.first_entry: dict[str, int] = {}
        self.entries = 0
        for array, _, axes in arrays:
            self.first_entry[array] = self.entries
            self.entries += 1 + axes
        super().__init__(name=name)


@register_default(BundleType)
class BundleModel(models.PrimitiveModel):
    """In compiled code a bundle is the pointer to its table."""

    def __init__(self, manager: Any, kind: BundleType) -> None:
        super().__init__(manager, kind, POINTER)


@unbox(BundleType)
def unbox_bundle(kind: BundleType, given: Any, context: Any) -> NativeValue:
    """From the Python object to the pointer: its attribute `table_address`."""
    number = context.pyapi.object_getattr_string(given, "table_address")
    address = context.pyapi.number_as_ssize_t(number)
    context.pyapi.decref(number)
    failed = cgutils.is_not_null(context.builder, context.pyapi.err_occurred())
    return NativeValue(context.builder.inttoptr(address, POINTER), is_error=failed)


@infer_getattr
class BundleAttributes(AttributeTemplate):
    """The type of `w.name`: that array's, or none for a name that was not declared (which numba reports as an
    error)."""

    key = BundleType

    def generic_resolve(self, kind: BundleType, name: str) -> Any:
        """The declared type of one attribute."""
        return kind.arrays.get(name)


@lower_getattr_generic(BundleType)
def read_array(context: Any, builder: Any, kind: BundleType, table: Any, name: str) -> Any:
    """Compile `w.name`: an array over the memory named in the table. It does not own the memory, so no references are
    counted."""
    array_type, first = kind.arrays[name], kind.first_entry[name]
    unchanging = builder.module.add_metadata([])

    def entry(number: int) -> Any:
        value = builder.load(builder.gep(table, [cgutils.intp_t(first + number)]))
        value.set_metadata("invariant.load", unchanging)
        return value

    item_size = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    shape = [entry(1 + axis) for axis in range(array_type.ndim)]
    strides: list[Any] = [cgutils.intp_t(item_size)]
    for length in shape[:0:-1]:
        strides.insert(0, builder.mul(strides[0], length))
    data = builder.inttoptr(entry(0), context.get_data_type(array_type.dtype).as_pointer())
    built = make_array(array_type)(context, builder)
    populate_array(built, data=data, shape=shape, strides=strides, itemsize=cgutils.intp_t(item_size), meminfo=None)
    return built._getvalue()


class Bundle:
    """Base of a dataclass whose fields are arrays declared with `array(dtype, axes)`; the class is decorated with
    `bundled`.

    Setting an attribute raises TypeError for an array that is not what was declared.
    """

    __slots__ = ("table", "table_address")  # not in vars(): they belong to this object alone
    _numba_type_: ClassVar[BundleType]

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self._numba_type_.arrays:
            self._enter(name, value)
        super().__setattr__(name, value)

    def _enter(self, name: str, rows: np.ndarray) -> None:
        """Write where an array lies, and its lengths, into the table."""
        kind = self._numba_type_
        dtype, axes = kind.dtypes[name], kind.arrays[name].ndim
        if rows.dtype != dtype or rows.ndim != axes or not rows.flags.c_contiguous:
            raise TypeError(
                f"{name}: expected a contiguous array of {dtype} with {axes} axes, got {rows.dtype} with {rows.ndim}"
            )
        if not hasattr(self, "table"):
            self.table = np.zeros(kind.entries, np.int64)
            self.table_address = int(self.table.ctypes.data)
        first = kind.first_entry[name]
        self.table[first : first + 1 + axes] = (rows.ctypes.data, *rows.shape)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, name) for name in self._numba_type_.arrays)


def bundled(cls: BundleClass) -> BundleClass:
    """Class decorator: give a dataclass of arrays its numba type, from its fields as declared."""
    declared = tuple((f.name, f.metadata["dtype"], f.metadata["axes"]) for f in fields(cast(Any, cls)))
    cls._numba_type_ = BundleType(cls.__name__, declared)
    return cls
