"""`python -m supply`: a line on each, exit 1 where something is wrong. `make check` calls it."""

import sys

from supply import advisories, bill, licences, locks


def main() -> int:
    """Check and tell."""
    components = bill.written()
    asked, known = advisories.asked()
    wrong = [*locks.faults(), *licences.faults(components), *known]
    print(
        f"locks: {len(locks.LOCKS) + 1} looked through; bill of materials: {len(components)} components, build/sbom.json"
    )
    print(asked)
    for line in wrong:
        print(line, file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
