"""The reference registry: OSIA 7.1 enrolment and credential interfaces and a decision feed, for training and tests.

It decides by itself, under invented number series; `extensions.yaml` documents what goes beyond OSIA. Plain HTTP
on loopback only.
"""
