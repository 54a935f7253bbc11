"""What people who know better have decided: kept in a file, replayed after every reading."""
