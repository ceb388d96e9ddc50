"""Tables in files: CSV, XLSX and vCard read as rows of cells, and written; knows no record and asks no database."""
