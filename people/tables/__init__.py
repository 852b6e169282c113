"""Files of rows as text: what every import of a spreadsheet reads, within limits."""
