"""What every stage knows about written Chinese: width, sentences, words, dates, numbers, names."""
