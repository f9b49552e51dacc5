"""Quiz-set files ↔ `QuizSet`; every error names file, line and field."""
