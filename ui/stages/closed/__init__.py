"""The end of an application's path: nothing to do, only to see."""
