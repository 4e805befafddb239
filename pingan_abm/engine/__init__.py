"""What makes the program fast and repeatable: compilation, keyed draws, memory, start. A reader of the model can leave
it alone."""
