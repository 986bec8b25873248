"""Reports by way of the departments: a workbook for each unit goes out, what it comes back with goes into the YAML.

Out: `asking` (who is asked what), `workbook` (the file). In: `returned` (what a file holds), `answers` (what of it is
to be taken), `applying` (the new texts), `record` and `status` (who has returned, who has not).
"""
