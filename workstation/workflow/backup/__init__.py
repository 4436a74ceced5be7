"""Backups: made while the office works, sealed to a supervisor's key, tested and restored.

    make       snapshot -> sealed parts -> manifest, last -> the folder gets its name
    restore    manifest -> parts -> station, key, age -> a fresh folder -> opened and checked -> swapped in one step
    test       the same into a folder that is removed again

Until the last step of either there is nothing that anybody would take for a backup, or for the office.
"""
