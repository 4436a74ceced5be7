"""Data that ships with the product: card layouts, fonts with their licences, files for the simulators."""
