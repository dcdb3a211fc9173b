"""The nouns of the house: frozen values that import nothing of ours and nothing heavy."""
