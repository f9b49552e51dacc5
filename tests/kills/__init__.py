"""The whole bot under traffic, killed and started again: nothing lost, nothing twice."""
