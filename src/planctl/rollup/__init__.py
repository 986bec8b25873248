"""Many organisations in one account: what a ministry, a province or the Government's secretariat makes of their plans.

In: a list of organisations. Out: totals, levels and means, a ranking, and the state of every document. Of a project
nothing but numbers is kept, so that memory does not grow with what the organisations wrote.
"""
