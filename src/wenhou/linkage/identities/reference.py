"""docs/reference/identities.md, written from the weights: `python -m wenhou.linkage.identities.reference`."""

from wenhou.exchange import companions
from wenhou.exchange.contracts import all_contracts
from wenhou.linkage.identities import reasons, weights
from wenhou.linkage.identities.weights import Comparison, Level

HEAD = """\
# Whose record is this

Written from `linkage.identities.weights` by `python -m wenhou.linkage.identities.reference`; do not edit.

A record is asked in this order, and the first answer stands.

1. **Decided.** Somebody found these very words to be a person, or not to be; a refused person is never proposed again.
2. **By its number.** A valid number of 18 digits, or of 15 digits in its 18-digit form, is a person's, and the names told
   have something in common. Where name and birth date both differ, however little, it is weighed.
3. **Weighed.** All else, with Splink on DuckDB: pairs that agree in one of the blocks below are compared, and every
   agreement or disagreement adds its weight in bits, log2(m / u). *m* is how often it is seen on records of one person,
   *u* on records of two people at random. What is not told weighs nothing. Nothing is trained on the file at hand.
4. **Link, doubt or apart.** The likeliest person is linked whose share of all the probability is {sure:.0%} or more, unless
   barred below. The other shares are those of everybody else the pair may mean: the record's other people, each by
   their bits, and somebody the registry does not know. Somebody whose number it is, but neither name nor birth date, stands
   behind all others. Otherwise up to {candidates} people from {doubt:g} bits on are put
   beside the record in the queue, for somebody to decide. Where there is none the record stays apart.

The scale starts at −{prior} bits: one in {people:,} residents of a province, however small the registry at hand, so
that 0 bits is as likely as not. With the valid numbers in a file it moves to what they say, by half when there
are {asked:,} of them: so many of its people are of the registry, the others, at least {absent:.0%}, are not. The weights are
judgements of ours (自拟), not the law's.

Where the name is one character off and no number says more, somebody of the same day whom the registry does not know
may be meant, a twin: {twins:.1%} of the records where all are unknown and one known. So it is a doubt where the registry
knows few of the file's people, and not where it knows nearly all.

What is told is brought to one form first: wide digits, blanks, letters typed for digits; variants and traditional
characters (`variants.csv`); names as they are read, without tones, surnames as surnames (单 is shàn, 尉迟 yùchí), and characters
of two readings either way (`polyphones.csv`: 乐 lè or yuè, whoever reads 单 as dān types 丹); dates however they
are written. A birth date that is not told is taken from the number, and not counted where the number itself fits. In
how many places two numbers differ: one digit wrong, missing or too many, or two neighbours changed about is one place; of a
15-digit number the check character is ours and is not compared. `other` and `far` are each reckoned among numbers of
their kind, valid and not. A telephone of more than {phones} people is nobody's.
Characters nobody sees, notes in brackets behind a name, stars and digits are left out of it. Of a number that was cut,
masked, ended for want of better (…0000, …9999) or written as a power of ten only what it shows is compared; one filled up
(000…, 123…) or told for more than {numbers} names says nothing. A birth date read from a wrong number is not counted against
the person. A valid number whose holder is another by name and birth date is a relative's, and weighs nothing where that
holder lives in the person's village or has their telephone.
A name's own frequency in the registry takes the place of *u* where marked: a rare name says more. It is counted as if
{counted:,} others had been counted before who bore it as often as *u* says.

## Rows a delivery was refused for

Rows refused for nothing but one identity number (missing, mistyped, of 15 digits with no such birth date) are held and
recognised behind the delivery, with what the sender told beside the number: {residents} by its own columns, any other
contract by its companions `{companions}` ([exchange](exchange.md)). Where no place is told it is the county that the delivery
speaks for. A 15-digit number that converts is taken as exact when the file is loaded. What is linked is loaded under the
person's key; what is doubtful waits, is loaded when somebody decides it is them, and taken out again when that is taken back.
Whenever the registry learns something, everything that is held is recognised anew. A doubt that later evidence resolves
closes by itself and says why: {reasons}.

**A number alone is not enough.** One place wrong weighs {one:+.1f} bits, and {prior} are to be overcome. So in a delivery that
brings neither names, birth dates nor telephones nobody is recognised, however near the number: of the contracts, only
{residents} tells these by itself; all others need the companions. {nobody} name people by masked or no numbers and hold none.

## Two keys, one person

Somebody with the permit may find two registered people to be one, with a reason (`linkage.actions.merges`); no machine does.
Nothing is moved: rows under the absorbed key are *read* under the kept one (`lake.SamePerson`), facts, evidence, register,
households and alerts alike, as if one number had been written from the start; where both have a row of one contract key the
later row wins. Of two open alerts for one thing the later raised is cleared. The registry's own rows stay under the number they
were told of, the residence record of the kept key counts, and undoing the merge gives everything back.

## Weights
"""

CROWDED = """\
A block of more than {pairs:,} pairs is left out, and the largest ones before the rest where a kind of block gives too many
together: what so many share says little, and the work would grow with its square. Records apart of which any block was left
out are counted (`crowded`).
"""


def page() -> str:
    """The whole page."""
    head = HEAD.format(
        sure=weights.SURE,
        asked=weights.ASKED_BEFORE,
        absent=weights.ABSENT_AT_LEAST,
        twins=weights.TWINS,
        numbers=weights.NUMBER_SHARED_BY,
        candidates=weights.CANDIDATES,
        doubt=weights.DOUBT_AT,
        prior=f"{weights.log2(weights.PEOPLE - 1):.1f}",
        people=weights.PEOPLE,
        phones=weights.PHONE_SHARED_BY,
        counted=weights.COUNTED_BEFORE,
        residents=companions.OF_RESIDENTS,
        companions="`, `".join(companions.COLUMNS.values()),
        reasons="；".join(reasons.ALL),
        one=next(level.bits for level in weights.NUMBER.levels if level.name == "one"),
        nobody="、".join(one.code for one in all_contracts() if not one.table.person_columns),
    )
    parts = [head, *map(_table, weights.COMPARISONS)]
    blocks = "\n".join(f"- {one.label}" for one in weights.BLOCKS)
    parts.append(
        f"## Blocks\n\nWhich pairs are looked at at all.\n\n{blocks}\n\n{CROWDED.format(pairs=weights.BLOCK_PAIRS)}"
    )
    parts.append(
        f"## Barred\n\nNever linked without a human, whatever the weight:\n\n{_listed(weights.NEVER_LINKED)}"
    )
    parts.append(f"Never even proposed:\n\n{_listed(weights.NEVER_PROPOSED)}")
    return "\n".join(parts)


def _table(one: Comparison) -> str:
    rows = "\n".join(map(_line, one.levels))
    return f"### {one.label} `{one.name}`\n\n| Level | | m | u | Bits |\n|---|---|---|---|---|\n{rows}\n"


def _line(level: Level) -> str:
    u = f"{level.u:.3g}" + (" (its frequency)" if level.frequency else "")
    return f"| `{level.name}` | {level.label} | {level.m:.3g} | {u} | {level.bits:+.1f} |"


def _listed(rules: tuple[tuple[str, str], ...]) -> str:
    return "\n".join(f"- {said}" for said, _ in rules) + "\n"


if __name__ == "__main__":
    print(page(), end="")
