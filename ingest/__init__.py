"""File -> blocks with position -> cards, passages and a reading report. The only place that knows file formats."""
