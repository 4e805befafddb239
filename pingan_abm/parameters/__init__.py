"""Every parameter, declared once: levers, uncertainties and structural choices, with bounds, names and sources."""
