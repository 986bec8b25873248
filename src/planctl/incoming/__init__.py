"""Office files on their way into a project: new files of it, or changes of those that are there. Nothing is written.

`arriving.py` makes new files (`arrival.py` is what it gives), `fates.py` says what became of every text, `origins.py`
where a finding comes from; `updating.py` holds a file against what is there, `records.py` its sheet of records.
"""
