"""What a district is: its units, issue types, communities and organisations, read from its tables and checked."""
