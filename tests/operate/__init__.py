"""What an operator does with the data: reviewing, exporting, checking, backing up."""
