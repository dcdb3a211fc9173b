"""The parts of the ticked page; `orebook.write.html` puts them together."""
