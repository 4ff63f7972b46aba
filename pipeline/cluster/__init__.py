"""A run that the workers of a Dask cluster share: shards of documents in, shards of records out.

A shard is a file of documents, or some of the texts of a folder. For each one worker writes a file of each table and
then a marker; what has its marker is finished, whoever dies afterwards. What needs the whole corpus (explanations
across documents, keywords, topics, report) is not done here: it is done by a run over the texts that a query chooses.
"""
