"""The parts of a workbook: styles, pages laid out to the point, the table, the summary, and the flat records."""
