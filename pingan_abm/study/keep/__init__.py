"""What is kept of many runs: shards, the store, tables to take away."""
