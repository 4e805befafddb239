"""Making a district: new folders, what is wrong in one, posts fitted, a folder made from records."""
