"""Made-up employers: unified social credit codes with a right check character (GB 32100)."""

from functools import cache

import numpy as np
import pyarrow as pa

_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
_DIGITS = 10 ** np.arange(6, -1, -1)


@cache
def credit_code(serial: int, division: str) -> str:
    """An 18-character code for a serial number: made-up organisation body, right check character."""
    return str(codes(np.array([serial]), division)[0])


def codes(serials: np.ndarray, division: str) -> pa.Array:
    """Codes for serial numbers, computed once per distinct number."""
    unique, inverse = np.unique(serials, return_inverse=True)
    head = f"91{division}MA"
    total = sum(_SYMBOLS.index(ch) * w for ch, w in zip(head, _WEIGHTS.tolist(), strict=False))
    total = total + (unique[:, None] // _DIGITS % 10) @ _WEIGHTS[len(head) :]
    check = [_SYMBOLS[at] for at in ((31 - total % 31) % 31).tolist()]
    choices = [f"{head}{serial:07d}{last}" for serial, last in zip(unique.tolist(), check, strict=True)]
    return pa.DictionaryArray.from_arrays(pa.array(inverse, pa.int32()), pa.array(choices, pa.string()))
