"""The decision on paper: ``context.py`` gathers, ``template.html`` and ``style.css`` set the page."""
