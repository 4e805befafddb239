"""Reading and writing of files: atomic writing, tables in TOML, where a result comes from."""
