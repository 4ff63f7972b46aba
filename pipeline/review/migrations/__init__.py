"""The migrations of a review's database, run by `pipeline.review.database` when one is opened."""
