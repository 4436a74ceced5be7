"""The page of the intake stage: what the applicant says and shows, typed at the counter."""
