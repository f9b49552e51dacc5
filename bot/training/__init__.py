"""Data → train → export → evaluate → model card; never imported by the running bot."""
