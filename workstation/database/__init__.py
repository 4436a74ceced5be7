"""The only SQL of the station: its tables, one transaction for each verb, and queries for each noun.

Functions take a SQLAlchemy connection: `tx` inside `Store.write` (they may write), `connection` inside
`Store.read`. None of them commits; `transaction.py` does. Verbs elsewhere name its type from here.
"""

from sqlalchemy import Connection

__all__ = ["Connection"]
