"""A data file of any kind we take becomes batches of text with line numbers. Says in one sentence what it cannot read."""
