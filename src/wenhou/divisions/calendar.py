"""Working days as the State Council arranges them. Pure."""
