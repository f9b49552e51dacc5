"""Data, measures and calibration; whatever needs torch is skipped where torch is not."""
