"""The control words of Rich Text Format that matter to the words of a document (specification 1.9.1)."""

from __future__ import annotations

_SKIPPED = """stylesheet colortbl info pict object nonshppict shprslt sp xe tc txe rxe footer footerl footerr
footerf fldinst filetbl nonesttables revtbl rsidtbl generator themedata colorschememapping latentstyles
datastore listtable listoverridetable ftnsep ftnsepc aftnsep aftnsepc annotation atnid atnauthor bkmkstart
bkmkend pgptbl falt panose private template operator comment mmathPr nesttableprops pn pnseclvl"""
# Groups whose text is none of the document's.
SKIPPED = frozenset(_SKIPPED.split())
# Groups whose words go elsewhere: the word → where.
INTO = {
    "fonttbl": "fonts",
    "footnote": "footnote",
    "header": "header",
    "headerl": "header",
    "headerr": "header",
    "headerf": "header",
    "listtext": "number",
    "pntext": "number",
    "shpinst": "shape",
    "do": "shape",
    "shptxt": "box",
    "dptxbxtext": "box",
}
# Words that stand for characters.
CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "page": "\n",
    "column": "\n",
    "softline": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}"}
ENDS = frozenset(("par", "sect", "nestcell", "nestrow", "\n", "\r"))
# The code page of a font's character set; 163 is Vietnamese.
CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
