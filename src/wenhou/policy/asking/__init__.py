"""One household asked under the law: the question, its answers, what decided them, and what would change them."""
