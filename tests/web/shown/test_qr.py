"""QR codes beside those of another encoder, and read back without it."""

import hashlib

import pytest

from pingan_abm.web.shown.qr import BLOCKS, frame, mask_bit, qr_code, times

TEXT = "http://192.168.1.20:8765/?lang=zh&page=room&room=K7QF&residents=34500" * 4


@pytest.mark.parametrize(
    ("letters", "size", "known"),
    [
        (84, 37, "bee2a0a66e568048"),
        (122, 45, "d81351de79d142ec"),
        (180, 53, "ff83ccf6cbdd7876"),
    ],
)
def test_codes_equal_those_of_another_encoder(letters: int, size: int, known: str) -> None:
    """Texts that fill their version, so that nothing is left to padding; by segno 1.6.6, level M, bytes, with the same
    choice of mask."""
    rows = qr_code(TEXT[:letters])
    assert len(rows) == size
    assert hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16] == known


@pytest.mark.parametrize("letters", [1, 20, 70, 100, 130, 160, 180])
def test_a_code_can_be_read_back(letters: int) -> None:
    rows = qr_code(TEXT[:letters])
    size = len(rows)
    version = (size - 17) // 4
    form = int(
        "".join(rows[8][i] for i in (0, 1, 2, 3, 4, 5, 7, 8)) + "".join(rows[i][8] for i in (7, 5, 4, 3, 2, 1, 0)), 2
    )
    level_and_mask = (form ^ 0x5412) >> 10
    assert level_and_mask >> 3 == 0  # level M
    words = codewords(rows, version, level_and_mask & 7)
    correction, sizes = BLOCKS[version]
    count = len(sizes)
    blocks: list[list[int]] = [[] for _ in sizes]
    at = 0
    for place in range(max(sizes)):
        for number, block in enumerate(blocks):
            if place < sizes[number]:
                block.append(words[at])
                at += 1
    data = [word for block in blocks for word in block]
    for number, block in enumerate(blocks):
        whole = [*block, *(words[at + number + count * place] for place in range(correction))]
        assert [at_root(whole, power) for power in range(correction)] == [0] * correction  # no error in it
    bits = "".join(f"{word:08b}" for word in data)
    assert bits[:4] == "0100" and int(bits[4:12], 2) == letters
    assert bytes(int(bits[i : i + 8], 2) for i in range(12, 12 + 8 * letters, 8)).decode() == TEXT[:letters]


def codewords(rows: list[str], version: int, mask: int) -> list[int]:
    """The words of a code, in the order in which they are laid out."""
    grid, size, bits, upward = frame(version), len(rows), "", True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for y in reversed(range(size)) if upward else range(size):
            for x in (right, right - 1):
                if grid[y][x] is None:
                    bits += str(int(rows[y][x]) ^ mask_bit(mask, y, x))
        upward = not upward
    return [int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8)]


def at_root(word: list[int], power: int) -> int:
    """The value of a word's polynomial at a root of the code."""
    root, found = 1, 0
    for _ in range(power):
        root = times(root, 2)
    for one in word:
        found = times(found, root) ^ one
    return found


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_code("x" * 181)
