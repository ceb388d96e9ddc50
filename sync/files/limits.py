"""How large a file may be. Larger ones are refused with a sentence before they cost memory or minutes."""

MB = 1024 * 1024

FILE_BYTES = 200 * MB  # as uploaded
ROWS = 1_000_000  # below the header
COLUMNS = 500
ROWS_WITH_EMPTY = 3_000_000
CELL = 32_767  # characters, as in a spreadsheet program
RECORD = MB  # characters of one row over all its lines, or of one vCard
RESCANNED = 50 * MB  # characters read a second time behind quotes that never close

UNPACKED_BYTES = 1024 * MB  # all parts of a workbook
RATIO = 250  # unpacked to packed, per part; spreadsheets stay below 100
RATIO_MATTERS_FROM = 10 * MB  # a small part may be as regular as it likes
ZIP_ENTRIES = 5_000
ZIP_DIRECTORY_BYTES = 2 * MB
SMALL_PART_BYTES = 20 * MB  # of a workbook: its list of sheets, its styles
ENTRIES = 10_000  # in each list of a workbook: sheets, relations, formats
LAST_ROW = 10_000_000  # ten times what a spreadsheet program numbers
SHARED_STRINGS = 5_000_000
RELOADED = 5_000_000_000  # characters of shared strings brought back from disk
XML_DEPTH = 50
XML_TOKEN = MB  # one tag with its attributes
XML_NAMES = 5_000  # different ones in a part
