"""The table of contracts in docs/reference/exchange.md: `python -m wenhou.exchange.reference` prints it."""

from wenhou.exchange.contracts import Contract, all_contracts


def table() -> str:
    """A Markdown table, one line per contract."""
    head = (
        "| Contract | 名称 | Department | Key | Fields | Refresh | Late after | Sensitivity |\n"
        + "|---" * 8
        + "|"
    )
    return "\n".join([head, *(_line(contract) for contract in all_contracts())]) + "\n"


def _line(contract: Contract) -> str:
    late = f"{contract.late_after_days} d" if contract.late_after_days else "–"
    sensitivity = contract.sensitivity + ("，须授权" if contract.authorisation else "")
    cells = [
        f"[{contract.code}](../../contracts/{contract.source}/{contract.code}/contract.yaml)",
        contract.title,
        contract.department,
        " + ".join(contract.key),
        str(len(contract.fields)),
        contract.refresh,
        late,
        sensitivity,
    ]
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    print(table(), end="")
