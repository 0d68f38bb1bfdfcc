"""What the product is made of: pinned with hashes, of licences we may use, with a bill of materials in CycloneDX."""
