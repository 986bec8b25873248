"""The check of a project of many documents by its parcels: what has changed is loaded, wherever that is quickest.

`checked.py` is what a check comes to, `reading.py` what of that a parcel gives, `record.py` what is known from earlier
runs, `survey.py` puts all of it together.
"""
