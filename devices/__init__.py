"""The rooms of the devices: one folder per kind; contract in __init__, pure frames, driver."""
