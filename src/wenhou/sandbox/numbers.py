"""Identity numbers that are nobody's: right check digit, a six-digit prefix that was never assigned."""

import numpy as np
import pyarrow as pa

# GB/T 2260 has never assigned 6499xx; 64 is Ningxia, 99 no prefecture. A prefix holds 499 births a day and sex.
UNASSIGNED_PREFIXES = tuple(range(649901, 650000))
_PER_PREFIX = 499
_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
_CHECK = np.frombuffer(b"10X98765432", dtype=np.uint8)


def identity_numbers(births: np.ndarray, sexes: np.ndarray) -> np.ndarray:
    """Distinct 18-character numbers (dtype S18) for births (days since 1970) and sexes (1 male, 2 female)."""
    order = np.lexsort((sexes, births))
    key = births[order] * 4 + sexes[order]
    starts = np.r_[True, key[1:] != key[:-1]]
    first = np.maximum.accumulate(np.where(starts, np.arange(len(key)), 0))
    rank = np.empty(len(key), dtype=np.int64)
    rank[order] = np.arange(len(key)) - first
    block = rank // _PER_PREFIX
    if block.max(initial=0) >= len(UNASSIGNED_PREFIXES):
        raise ValueError("too many births on one day for the unassigned prefixes")
    prefix = UNASSIGNED_PREFIXES[0] + block
    sequence = (rank % _PER_PREFIX) * 2 + np.where(sexes == 1, 1, 2)
    first17 = (prefix * 10**8 + calendar(births)) * 1000 + sequence
    return with_check(first17)


def calendar(births: np.ndarray) -> np.ndarray:
    """Days since 1970 as YYYYMMDD."""
    days = births.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    index = months.astype(np.int64) + 1970 * 12
    in_month = (days - months).astype(np.int64) + 1
    return index // 12 * 10000 + (index % 12 + 1) * 100 + in_month


def with_check(first17: np.ndarray) -> np.ndarray:
    """Eighteen characters (dtype S18) from seventeen digits."""
    text = np.empty((len(first17), 18), dtype=np.uint8)
    total = np.zeros(len(first17), dtype=np.int64)
    rest = first17.copy()
    for position in range(16, -1, -1):
        rest, digit = np.divmod(rest, 10)
        text[:, position] = digit + ord("0")
        total += digit * _WEIGHTS[position]
    text[:, 17] = _CHECK[total % 11]
    return text.view("S18").ravel()


def as_strings(numbers: np.ndarray) -> pa.Array:
    """The same as an Arrow string array."""
    return pa.array(numbers).cast(pa.string())
