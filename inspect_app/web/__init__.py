"""Pages, one folder per audience. A view is four sentences: load, may they, do, answer."""
