"""What is asked for: presets, scenario files, dated changes, and records that replace the synthetic arrivals."""
