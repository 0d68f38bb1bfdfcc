"""The same job as others do it, to stand beside ours."""
