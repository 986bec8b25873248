"""What is in a project of many documents, by its parcels: only what has changed since anybody looked is read.

`reading.py` is what a parcel gives, to checks and to builds, `gathering.py` makes it; `grounds.py` is what it
rests on, `record.py` what is known from earlier runs. `survey.py` puts all of it together.
"""
