"""Views: values of the core → what a person reads. They decide nothing and know no store."""
