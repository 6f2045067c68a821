"""The sample archive of a fictitious body, written by us, in the five layouts."""
