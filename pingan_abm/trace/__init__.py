"""One case step by step: followed, explained in words, and the event log of all."""
