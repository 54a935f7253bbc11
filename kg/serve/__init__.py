"""A result on the local network: SPARQL 1.1 Protocol, and a page for every IRI."""
