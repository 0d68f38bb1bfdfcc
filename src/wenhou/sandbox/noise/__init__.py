"""A registry and the records departments hold of it, wrong as such records are wrong, with the truth beside them: what the
linking of records is judged by. Written without sight of the matcher (`linkage.identities`), and never changed to suit it.
"""
