"""The page of the review stage: a second person looks at the whole application."""
