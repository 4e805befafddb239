"""Studies: many runs planned, carried out, stored, compared and analysed."""
