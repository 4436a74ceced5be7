"""The page of the decision stage: waiting for the answer of the centre."""
