"""Whose record is this: records with no identity number, a mistyped one or a 15-digit one, brought to the people of the
registry. A number that fits is taken as it is unless the name contradicts it; only what is left over is weighed, by
published weights (`weights`, docs/reference/identities.md). Nothing doubtful is linked, nobody is merged by a machine,
and what a person has decided (`linkage.actions.identities`) is never proposed again. Pure but for `people` and
`remembered`, which read the registry and the decisions.
"""
