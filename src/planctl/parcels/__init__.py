"""The smallest sets of files that can be loaded by themselves, so that work on a project costs what changed.

In: the texts of a project. Out: `Parcel`s, each of which finds, scores and shows of its documents, beside the shared
files, what the whole project does. `claims.py` says of each file what it belongs to, `parting.py` puts together what
belongs together, `outcome.py` tells how a parcel turned out, `tree.py` hands it to the pipeline, and `joining.py` makes
one of what was found in all of them.
"""
