"""Workbooks as no spreadsheet program would write them, put together by hand."""

import io
import zipfile

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
RELATIONS = (
    '<Relationships><Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK = '<workbook xmlns:r="{kind}"><workbookPr {settings}/><sheets>{sheets}</sheets></workbook>'
RELATIONS_OF_WORKBOOK = """<Relationships>
<Relationship Id="s" Type="{kind}/sharedStrings" Target="sharedStrings.xml"/>
<Relationship Id="f" Type="{kind}/styles" Target="/xl/styles.xml"/>
{sheets}</Relationships>"""
STYLES = """<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>
<numFmt numFmtId="165" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>
<numFmt numFmtId="166" formatCode="#,##0.00 &quot;days&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>
<xf numFmtId="20"/>
</cellXfs></styleSheet>"""


def workbook(rows="", *, strings="", sheets=None, settings="", more=(), packing=zipfile.ZIP_DEFLATED):
    """A workbook around the XML of one sheet's rows, or of several sheets by (name, state)."""
    sheets = sheets or {("People", "visible"): rows}
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS.format(kind=RELATION),
        "xl/workbook.xml": WORKBOOK.format(
            kind=RELATION,
            settings=settings,
            sheets="".join(
                f'<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>'
                for number, (name, state) in enumerate(sheets, start=1)
            ),
        ),
        "xl/_rels/workbook.xml.rels": RELATIONS_OF_WORKBOOK.format(
            kind=RELATION,
            sheets="".join(
                f'<Relationship Id="r{number}" Type="{RELATION}/worksheet" Target="worksheets/sheet{number}.xml"/>'
                for number in range(1, len(sheets) + 1)
            ),
        ),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f"<sst>{strings}</sst>",
    }
    for number, content in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>{content}</sheetData></worksheet>'
        )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in (parts | dict(more)).items():
            archive.writestr(name, content)
    return file


def row(*texts, number=None):
    """A row of cells with their text in them."""
    place = f' r="{number}"' if number else ""
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f"<row{place}>{cells}</row>"
