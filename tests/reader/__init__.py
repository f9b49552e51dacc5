"""The reader with the model that is installed with the package."""
