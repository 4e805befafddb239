"""QR codes of addresses, so that phones find a room without an outside service: byte mode, error correction M, versions
1 to 9 of ISO/IEC 18004."""

from itertools import product

#: By version: codewords in all, codewords of error correction a block, data codewords of each block.
BLOCKS: dict[int, tuple[int, tuple[int, ...]]] = {
    1: (10, (16,)),
    2: (16, (28,)),
    3: (26, (44,)),
    4: (18, (32, 32)),
    5: (24, (43, 43)),
    6: (16, (27, 27, 27, 27)),
    7: (18, (31, 31, 31, 31)),
    8: (22, (38, 38, 39, 39)),
    9: (22, (36, 36, 36, 37, 37)),
}
ALIGNED = {
    1: (),
    2: (6, 18),
    3: (6, 22),
    4: (6, 26),
    5: (6, 30),
    6: (6, 34),
    7: (6, 22, 38),
    8: (6, 24, 42),
    9: (6, 26, 46),
}
FORMAT, FORMAT_MASK, VERSION = 0x537, 0x5412, 0x1F25  # generators of the two codes, and what format bits are mixed with
FIELD = 0x11D  # the polynomial of the field that Reed–Solomon codes count in
PADDING = (0xEC, 0x11)

type Grid = list[list[int | None]]


def qr_code(text: str) -> list[str]:
    """The rows of the code, "1" for dark. Raises ValueError when the text is too long."""
    data = text.encode()
    version = next((v for v, (_, sizes) in BLOCKS.items() if len(data) + 2 <= sum(sizes)), None)
    if version is None:
        raise ValueError("the text is too long for a QR code of version 9")
    words = interleaved(version, packed(data, sum(BLOCKS[version][1])))
    bits = [word >> place & 1 for word in words for place in range(7, -1, -1)]
    grids = [drawn(version, bits, mask) for mask in range(8)]
    best = min(grids, key=penalty)
    return ["".join(map(str, row)) for row in best]


def packed(data: bytes, room: int) -> list[int]:
    """Data codewords: mode, length, bytes, end, padding."""
    bits = f"0100{len(data):08b}" + "".join(f"{one:08b}" for one in data)
    bits += "0" * min(4, 8 * room - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)]
    return words + [PADDING[i % 2] for i in range(room - len(words))]


def interleaved(version: int, words: list[int]) -> list[int]:
    """Data and error correction of all blocks, as they are laid out."""
    correction, sizes = BLOCKS[version]
    blocks, at = [], 0
    for size in sizes:
        blocks.append(words[at : at + size])
        at += size
    checks = [remainder(block, correction) for block in blocks]
    mixed = [block[i] for i in range(max(sizes)) for block in blocks if i < len(block)]
    return mixed + [check[i] for i in range(correction) for check in checks]


def times(a: int, b: int) -> int:
    """The product in the field of 256 elements."""
    found = 0
    while b:
        if b & 1:
            found ^= a
        a = a << 1 ^ (FIELD if a & 0x80 else 0)
        b >>= 1
    return found


def remainder(block: list[int], count: int) -> list[int]:
    """The error correction of a block: the remainder by the generator with the roots 1, 2, 4, …"""
    generator, root = [1], 1
    for _ in range(count):
        generator = [a ^ times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = times(root, 2)
    rest = [*block, *([0] * count)]
    for i in range(len(block)):
        factor = rest[i]
        for k, one in enumerate(generator):
            rest[i + k] ^= times(one, factor)
    return rest[len(block) :]


def with_check(value: int, generator: int, bits: int) -> int:
    """A value with the bits of its BCH code behind it."""
    rest = value << bits
    while rest.bit_length() > bits:
        rest ^= generator << (rest.bit_length() - generator.bit_length())
    return value << bits | rest


def frame(version: int) -> Grid:
    """Finder, alignment and timing patterns; what holds data is None, what holds format and version 0."""
    size = 17 + 4 * version
    grid: Grid = [[None] * size for _ in range(size)]
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for y, x in product(range(-1, 8), repeat=2):
            if 0 <= top + y < size and 0 <= left + x < size:
                ring = max(abs(y - 3), abs(x - 3))
                grid[top + y][left + x] = int(ring in (0, 1, 3))
    for cy, cx in product(ALIGNED[version], repeat=2):
        if grid[cy][cx] is None:
            for y, x in product(range(-2, 3), repeat=2):
                grid[cy + y][cx + x] = int(max(abs(y), abs(x)) != 1)
    for i in range(8, size - 8):
        grid[6][i] = grid[i][6] = int(i % 2 == 0)
    for i in range(9):
        for y, x in ((8, i), (i, 8)):
            grid[y][x] = grid[y][x] if grid[y][x] is not None else 0
    for i in range(8):
        grid[8][size - 1 - i] = grid[size - 1 - i][8] = 0
    grid[size - 8][8] = 1
    if version >= 7:
        bits = with_check(version, VERSION, 12)
        for i in range(18):
            grid[i // 3][size - 11 + i % 3] = grid[size - 11 + i % 3][i // 3] = bits >> i & 1
    return grid


def mask_bit(mask: int, y: int, x: int) -> bool:
    """Whether a mask turns a module."""
    return (
        (y + x) % 2 == 0,
        y % 2 == 0,
        x % 3 == 0,
        (y + x) % 3 == 0,
        (y // 2 + x // 3) % 2 == 0,
        y * x % 2 + y * x % 3 == 0,
        (y * x % 2 + y * x % 3) % 2 == 0,
        ((y + x) % 2 + y * x % 3) % 2 == 0,
    )[mask]


def drawn(version: int, bits: list[int], mask: int) -> list[list[int]]:
    """The whole code under a mask."""
    grid = frame(version)
    size = len(grid)
    stream = iter(bits)
    upward = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for y in range(size - 1, -1, -1) if upward else range(size):
            for x in (right, right - 1):
                if grid[y][x] is None:
                    grid[y][x] = next(stream, 0) ^ mask_bit(mask, y, x)
        upward = not upward
    write_format(grid, with_check(mask, FORMAT, 10) ^ FORMAT_MASK)  # level M is 00
    return [[int(one or 0) for one in row] for row in grid]


def write_format(grid: Grid, bits: int) -> None:
    """Write level and mask beside the finders, twice."""
    size = len(grid)
    first = [(8, i) for i in (0, 1, 2, 3, 4, 5, 7, 8)] + [(i, 8) for i in (7, 5, 4, 3, 2, 1, 0)]
    second = [(size - 1 - i, 8) for i in range(7)] + [(8, size - 8 + i) for i in range(8)]
    for places in (first, second):
        for i, (y, x) in enumerate(places):
            grid[y][x] = bits >> (14 - i) & 1


def penalty(grid: list[list[int]]) -> int:
    """How hard a code is to read: long runs, blocks, patterns like a finder, too much of one colour."""
    size, lost = len(grid), 0
    lines = ["".join(map(str, row)) for row in grid] + ["".join(map(str, row)) for row in zip(*grid, strict=True)]
    for line in lines:
        runs = line.replace("01", "0 1").replace("10", "1 0").replace("01", "0 1").split()
        lost += sum(len(run) - 2 for run in runs if len(run) >= 5)
        for pattern in ("10111010000", "00001011101"):
            lost += 40 * sum(line.startswith(pattern, i) for i in range(size - 10))
    for y, x in product(range(size - 1), repeat=2):
        lost += 3 * (grid[y][x] == grid[y][x + 1] == grid[y + 1][x] == grid[y + 1][x + 1])
    dark = sum(map(sum, grid)) / size**2
    return lost + 10 * int(abs(dark - 0.5) / 0.05)
