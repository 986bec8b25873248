"""What a check of a project comes to: of one loaded at once (`checked.py`), or by its parcels (`by_parcels.py`)."""
