"""What the pages of the policy office show: charts, pictures and lines, without a request."""
