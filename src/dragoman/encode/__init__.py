"""The small encoder that all learned judgments stand on: words in, tags, arcs, names and sentence bounds out."""
