"""From a file to the lake: rows are checked in sets, identity numbers become keys, good rows and rejects are written."""
