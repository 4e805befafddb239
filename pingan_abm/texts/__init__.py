"""What the program says to people: errors in whole sentences, translation."""
