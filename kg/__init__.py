"""Chinese policing news into a knowledge graph whose every edge can be quoted."""
