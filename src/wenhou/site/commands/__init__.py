"""Commands of the whole house: the database, serving, the demo."""
