"""What belongs to one visitor: her session, model, settings, links and limits."""
