"""What pages show: figures, tables, maps, panels."""
