"""The report on a visit: ``context.py`` gathers, ``template.html`` and ``style.css`` set the page."""
