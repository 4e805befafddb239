"""Reports: the summary that a terminal prints, and HTML pages that open without internet and print well."""
