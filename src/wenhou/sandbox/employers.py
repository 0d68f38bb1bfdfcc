"""Made-up employers: unified social credit codes with a right check character (GB 32100)."""

import numpy as np
import pyarrow as pa

_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))


def credit_code(serial: int, division: str) -> str:
    """An 18-character code for a serial number: made-up organisation body, right check character."""
    body = f"91{division}MA{serial:07d}"
    total = sum(_SYMBOLS.index(ch) * w for ch, w in zip(body, _WEIGHTS, strict=True))
    return body + _SYMBOLS[(31 - total % 31) % 31]


def codes(serials: np.ndarray, division: str) -> pa.Array:
    """Codes for serial numbers, computed once per distinct number."""
    unique, inverse = np.unique(serials, return_inverse=True)
    choices = pa.array([credit_code(int(s), division) for s in unique], pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(inverse, pa.int32()), choices)
