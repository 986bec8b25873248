"""All plans and actuals of a project, linked. In: documents with places. Out: the portfolio, and what is wrong."""
