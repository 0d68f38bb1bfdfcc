"""What the bench of linkage found, as a page with a picture: docs/reference/linkage.md and linkage.svg."""

from pathlib import Path
from typing import Any

DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"
COLOURS = {"light": "#2f7d4f", "usual": "#1f4e8c", "heavy": "#a8452c"}
BAR = (0.99, 0.998)
WIDTH, HEIGHT, LEFT, TOP = 760, 440, 70, 30
# What the picture shows: recall from, precision from.
FROM = (0.6, 0.98)
HEAD = """# Whose record is this: how often right

Written by `python -m benchmarks linkage`. A registry and as many records as it has people, wrong as `wenhou.sandbox.noise`
makes them and says why (`grades.py`): numbers missing, mistyped, of 15 digits, cut by a spreadsheet, masked, a relative's; names,
birth dates, places and phones wrong beside. The noise was written without sight of the matcher, and no error of the seed measured
here was read while the matcher was made.

*Bad* are records whose number is not the person's own eighteen characters. *Recall* is linked to the right person without
anybody's help; *found* counts the right person among the doubts shown on the desk too. *Precision* is of what was linked,
strangers to the registry included. The *ceiling* is the recall of somebody who knows everything that was told: the rest fit
another person no worse in any part, or bring a relative's number, birth date and sex beside the own name. Bar P5: recall 0.99 at
precision 0.998 on bad numbers; a million by a million under 60 s, under Splink alone, within 10 GiB.

Splink alone (`benchmarks/peers/splink_alone.py`) is its ordinary configuration: the library's own comparisons of number, name,
birth date, sex, place and phone, u by random sampling, m by expectation maximisation, links above 0.95.
"""


def short(run: dict[str, Any]) -> dict[str, Any]:
    """A run in the page of benchmarks: ratio first."""
    ours, peer, score = run["ours"], run["peer"], run["score"]
    return {
        "ratio_to_splink_alone": round(peer["seconds"] / ours["seconds"], 1),
        "ratio_of_processor_seconds": round(peer["processor_seconds"] / ours["processor_seconds"], 1),
        "people_and_records": run["count"],
        "grade": run["grade"],
        "seed": run["seed"],
        "load_average": ours.get("load_average"),
        "seconds": ours["seconds"],
        "splink_seconds": peer["seconds"],
        "processor_seconds": ours["processor_seconds"],
        "peak_mebibytes": ours["peak_mebibytes"],
        "splink_peak_mebibytes": peer["peak_mebibytes"],
        **{key: score[key] for key in _SCORES},
        "splink": {key: run["peer_score"][key] for key in ("recall_bad", "precision_bad", "precision")},
        "splink_best_at_our_precision": at_precision(run["peer_curve"], score["precision_bad"]),
        "splink_best_at_the_bar": at_precision(run["peer_curve"], BAR[1]),
    }


_SCORES = ("recall_bad", "precision_bad", "found_bad", "ceiling_bad", "recall", "precision", "strangers_linked",
           "doubts_per_thousand")  # fmt: skip


def at_precision(curve: list[list[float]], precision: float) -> float | None:
    """The best recall a curve has at that precision or a better one."""
    return max(
        (recall for _, recall, right in curve if right is not None and right >= precision), default=None
    )


def write(runs: list[dict[str, Any]]) -> None:
    """The page and its picture."""
    drawn = [run for run in runs if run["count"] == _curved(runs)]
    (DOCS / "linkage.svg").write_text(_picture(drawn))
    parts = [
        HEAD,
        _table(runs),
        f"\n![Precision over recall]({'linkage.svg'})\n",
        _curves(drawn),
        _kinds(runs),
    ]
    (DOCS / "linkage.md").write_text("\n".join(parts))


def _curved(runs: list[dict[str, Any]]) -> int:
    return (
        next(run["count"] for run in runs if run["grade"] != "usual") if len(runs) > 1 else runs[0]["count"]
    )


_COLUMNS = ("people × records", "grade", "seconds", "Splink alone", "ratio",
            "processor s", "Splink alone: processor s", "load", "MiB", "recall, bad", "ceiling", "found",
            "precision, bad", "precision, all", "doubts per 1,000", "Splink: recall, precision, bad")  # fmt: skip


def _table(runs: list[dict[str, Any]]) -> str:
    rows = [
        "## Figures\n",
        "| " + " | ".join(_COLUMNS) + " |",
        "|" + "---|" * len(_COLUMNS),
    ]
    for run in runs:
        ours, peer, score, theirs = run["ours"], run["peer"], run["score"], run["peer_score"]
        told = (
            f"{run['count']:,}", run["grade"], ours["seconds"], peer["seconds"], f"{peer['seconds'] / ours['seconds']:.1f}",
            ours["processor_seconds"], peer["processor_seconds"], ours["load_average"],
            f"{ours['peak_mebibytes']:,}", f"{score['recall_bad']:.4f}", f"{score['ceiling_bad']:.4f}",
            f"{score['found_bad']:.4f}",
            f"{score['precision_bad']:.4f}", f"{score['precision']:.5f}", f"{score['doubts_per_thousand']:.1f}",
            f"{theirs['recall_bad']:.4f}, {theirs['precision_bad']:.4f}",
        )  # fmt: skip
        rows.append("| " + " | ".join(map(str, told)) + " |")
    return "\n".join(rows)


def _curves(runs: list[dict[str, Any]]) -> str:
    lines = ["## The curve: were everything above a line linked\n"]
    lines += [
        f"At {_curved(runs):,} × {_curved(runs):,}, over bad numbers. Bits are the weight of the evidence; ours links nothing",
        "below the line from which its columns stop changing. The dot is where it stands, the ring where it would stand were",
        "every doubt decided rightly.\n",
    ]
    heads = [f"{who} {run['grade']}" for run in runs for who in ("ours,", "Splink,")]
    lines += ["| line, bits | " + " | ".join(heads) + " |", "|" + "---|" * (1 + len(heads))]
    for at, (line, *_) in enumerate(runs[0]["curve"]):
        pairs = [run[which][at][1:] for run in runs for which in ("curve", "peer_curve")]
        told = ["–" if right is None else f"{recall:.4f} at {right:.4f}" for recall, right in pairs]
        lines.append(f"| {line:g} | " + " | ".join(told) + " |")
    return "\n".join(lines)


def _kinds(runs: list[dict[str, Any]]) -> str:
    run = max((run for run in runs if run["grade"] == "usual"), key=lambda one: one["count"])
    lines = [f"\n## By what is wrong with the number, usual grade, {run['count']:,} records\n"]
    lines += [
        "| number | records | linked rightly | found | right of those linked | impossible |",
        "|" + "---|" * 6,
    ]
    for kind, one in run["score"]["by_kind"].items():
        lines.append(
            f"| {kind.replace('_', ' ')} | {one['records']:,} | {one['recall']:.4f} | {one['found']:.4f} |"
            f" {one['precision']:.4f} | {one['impossible']:,} |"
        )
    return "\n".join(lines) + "\n"


def _picture(runs: list[dict[str, Any]]) -> str:
    marks = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        *_axes(),
    ]
    for number, run in enumerate(runs):
        colour = COLOURS.get(run["grade"], "#444")
        for which, dash in (("curve", ""), ("peer_curve", ' stroke-dasharray="5 4"')):
            inside = [_at(r, p) for _, r, p in run[which] if p is not None and r >= FROM[0] and p >= FROM[1]]
            points = " ".join(f"{x:.0f},{y:.0f}" for x, y in inside)
            marks.append(
                f'<polyline fill="none" stroke="{colour}" stroke-width="2"{dash} points="{points}"/>'
            )
        x, y = _at(run["score"]["recall_bad"], run["score"]["precision_bad"])
        marks.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5" fill="{colour}"/>')
        x, y = _at(run["score"]["found_bad"], run["score"]["precision_bad"])
        marks.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="5" fill="none" stroke="{colour}" stroke-width="2"/>'
        )
        row = HEIGHT - 130 + 18 * number
        marks.append(
            f'<text x="{LEFT + 14}" y="{row}" fill="{colour}">{run["grade"]}: ours solid, Splink alone dashed</text>'
        )
    return "\n".join([*marks, "</svg>", ""])


def _axes() -> list[str]:
    right, bottom = WIDTH - 30, HEIGHT - 50
    bar_x, bar_y = _at(*BAR)
    marks = [
        f'<rect x="{bar_x:.0f}" y="{TOP}" width="{right - bar_x:.0f}" height="{bar_y - TOP:.0f}" fill="#e7f2e7"/>',
        f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#444"/>',
        f'<text x="{(LEFT + right) // 2}" y="{HEIGHT - 12}" text-anchor="middle">recall on bad numbers</text>',
        f'<text x="16" y="{TOP - 10}">precision</text>',
        f'<text x="{right}" y="{TOP - 10}" text-anchor="end" fill="#2f7d4f">bar P5</text>',
    ]
    for step in range(9):
        recall = FROM[0] + step * 0.05
        marks.append(
            f'<text x="{_at(recall, 1)[0]:.0f}" y="{bottom + 18}" text-anchor="middle">{recall:.2f}</text>'
        )
    for step in range(5):
        precision = FROM[1] + step * 0.005
        y = _at(1, precision)[1]
        marks.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{precision:.3f}</text>')
        marks.append(f'<path d="M{LEFT} {y:.0f}H{right}" stroke="#ddd"/>')
    return marks


def _at(recall: float, precision: float) -> tuple[float, float]:
    x = LEFT + (recall - FROM[0]) / (1 - FROM[0]) * (WIDTH - 30 - LEFT)
    return x, TOP + (1 - precision) / (1 - FROM[1]) * (HEIGHT - 50 - TOP)
