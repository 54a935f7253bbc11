"""Ways to run the stages: on this machine (``kg.engine.local``)."""
