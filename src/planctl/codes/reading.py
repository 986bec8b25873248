"""Codes of findings about unreadable or dangerous text, before any form is known."""

from __future__ import annotations

from planctl.codes.code import Code
from planctl.words import _

_QUOTE_IT = _("put the whole value in quotation marks: {corrected}")

_FILES: tuple[Code, ...] = (
    Code(
        "file-unreadable",
        "error",
        _("this cannot be read: {problem}"),
        (_("check that it exists, is not open elsewhere, and that you may read it"),),
        _(
            "The operating system refused to hand over the file or folder: it is missing, locked by another program, "
            "or belongs to someone who has not given you the right to read it."
        ),
    ),
    Code(
        "file-too-large",
        "error",
        _("the file has {size} bytes; planctl reads at most {largest}"),
        (_("split it: all files under plans/ belong to the project together"),),
        _(
            "A plan of several thousand clauses has about 8 million bytes. A far larger file is usually something "
            "else that was saved under this name, such as a picture or an export of a whole database."
        ),
    ),
    Code(
        "link-leaves-project",
        "warning",
        _("this link leads out of the project, to {target}, and was left out"),
        (_("copy the file into the project instead"),),
        _(
            "A report must be reproducible from the project's folder alone. What lies outside is not kept under "
            "version control with it, so planctl does not read it."
        ),
    ),
    Code(
        "link-leads-nowhere",
        "error",
        _("this link leads to {target}, which is not there"),
        (_("put the file there, or delete the link"),),
        _(
            "A link is a name for another file. Where that file was moved, renamed or deleted, nothing can be read "
            "through the link, and what the plan or the report said is missing."
        ),
    ),
    Code(
        "folder-named-yaml",
        "warning",
        _("this is a folder with the name of a YAML file; no plan and no report is read from the folder itself"),
        (_("put the file back in its place, or give the folder a name that does not end in .yaml or .yml"),),
        _(
            "Programs that unpack or synchronise files sometimes leave a folder where a file was. The plan or the report "
            "that stood there is then missing without anything else being wrong. YAML files in such a folder are read "
            "as in any other folder under plans/."
        ),
    ),
    Code(
        "submodule-not-read",
        "warning",
        _("this is a repository of its own (a submodule); its files are not part of this state"),
        (_("compare the two states as folders, with the submodule checked out in both"),),
        _(
            "Of a submodule git keeps the number of a commit and not the files. When planctl reads a revision without "
            "checking it out, the plans in there cannot be seen."
        ),
    ),
    Code(
        "not-utf8",
        "error",
        _("the file is not UTF-8"),
        (
            _("it seems to be {encoding}; save it again as UTF-8 (Notepad: Save As, Encoding: UTF-8)"),
            _("the byte {byte} here does not belong to any letter; type the damaged word again and save as UTF-8"),
        ),
        _(
            "UTF-8 is the encoding in which all Cyrillic letters, ө and ү among them, survive on every computer. Old "
            "programs still write cp1251, cp866 or UTF-16. Open the file in an editor, choose “Save with encoding”, "
            "and take UTF-8."
        ),
    ),
    Code(
        "file-empty",
        "error",
        _("the file is empty"),
        (_("write the document, or delete the file"),),
        _("A file without any value, or with comments only, is most often a document that was never saved."),
    ),
    Code(
        "top-not-mapping",
        "error",
        _("a document begins with keys such as “title: …”; this one is a {found}"),
        (_("begin the file with a line such as “form: resolutions”"),),
        _(
            "The outermost level of every planctl file is a mapping: lines of the shape “key: value” that begin in "
            "the first column."
        ),
    ),
)

_TEXT: tuple[Code, ...] = (
    Code(
        "control-character",
        "error",
        _("the invisible control character {character} stands here"),
        (_("delete it; it comes along when text is copied from another program"),),
        _(
            "Control characters have no picture, and Word and Excel refuse to open a file that holds one. To find "
            "it, go to the line and column of the finding and delete the place between the two neighbouring letters."
        ),
    ),
    Code(
        "line-separator",
        "error",
        _("the hidden line break {character} ({name}) stands here"),
        (_("delete it and press Enter instead, or type a space"),),
        _(
            "Word and web pages use these characters to break a line within a paragraph. Editors and YAML do not "
            "agree whether a new line begins there, so that all later line numbers would be wrong."
        ),
    ),
    Code(
        "decomposed-letter",
        "error",
        _("“{composed}” is written as two characters ({characters}) here"),
        (_("type “{composed}” again; only then will a search for the word find it"),),
        _(
            "Text copied from a PDF or from macOS can hold й as и with a separate breve, and ё as е with two separate "
            "dots. It looks the same on the screen, but searching, sorting and comparing names fail."
        ),
    ),
    Code(
        "invisible-character",
        "error",
        _("the invisible character {character} ({name}) stands here"),
        (_("delete it"),),
        _(
            "Characters without width come along when text is copied from web pages and chats. A word that holds one "
            "is a different word to every search and comparison."
        ),
    ),
    Code(
        "bidi-control",
        "error",
        _("the character {character} ({name}) turns the direction of the text here"),
        (_("delete it"),),
        _(
            "Such characters make the screen show text in another order than the file holds it. What is approved "
            "would not be what is read."
        ),
    ),
    Code(
        "damaged-letter",
        "error",
        _("a letter was lost here and replaced by “�”"),
        (_("type the word again"),),
        _(
            "The sign � is what a program writes in place of a letter that it could not read. The letter itself is "
            "not in the file any more; compare with the original document."
        ),
    ),
    Code(
        "conflict-marker",
        "error",
        _("a merge conflict is not resolved here: {marker}"),
        (_("keep one of the two versions and delete the lines <<<<<<<, ======= and >>>>>>>"),),
        _(
            "git writes these lines when two people changed the same place. The lines up to ======= are your version, "
            "those below it the other one. planctl reads the first version until you have decided."
        ),
    ),
    Code(
        "more-of-the-same",
        "warning",
        _("{count} more findings “{kind}” in this file are not shown"),
        (_("mend the shown ones first; the same cause usually made them all"),),
        _("So that a file pasted from a bad source does not bury every other finding, only the first ones are shown."),
    ),
)

_YAML: tuple[Code, ...] = (
    Code(
        "yaml-syntax",
        "error",
        _("this cannot be read as YAML: {text}"),
        (_("look here and at the line above for a missing quotation mark, bracket, colon or indentation"),),
        _(
            "YAML is lines of “key: value”, lists of lines that begin with “- ”, and indentation by spaces. The place "
            "is where the reader lost the thread; the cause stands there or shortly before. Text with special signs "
            "belongs in quotation marks, or below a line that ends in “|”."
        ),
    ),
    Code(
        "duplicate-key",
        "error",
        _("“{key}” stands here a second time; first in line {first}"),
        (_("delete one of the two, or rename it"),),
        _(
            "A key may stand only once in its mapping; otherwise nobody can say which value is meant. planctl uses "
            "the first one for its further checks."
        ),
    ),
    Code(
        "yaml-anchor",
        "error",
        _("“{anchor}” would be an anchor of YAML; planctl does not use them"),
        (_QUOTE_IT, _("remove it, and write the value out wherever it is needed")),
        _(
            "A value that begins with & names a place for reuse elsewhere in the file. In a plan every value stands "
            "where it belongs, so that one can read it there. If it is text, put it in quotation marks."
        ),
    ),
    Code(
        "yaml-alias",
        "error",
        _("“{alias}” would be a reference of YAML; planctl does not use them"),
        (_QUOTE_IT, _("write the value itself here")),
        _(
            "A value that begins with * repeats a place named elsewhere in the file. In a plan every value stands "
            "where it belongs, so that one can read it there. If it is text, put it in quotation marks."
        ),
    ),
    Code(
        "yaml-tag",
        "error",
        _("“{tag}” would be a tag of YAML; planctl does not use them"),
        (_QUOTE_IT, _("remove it; the field decides what kind of value it holds")),
        _(
            "A value that begins with ! names its own type. In planctl the field decides whether a value is a number, "
            "a date or text. If it is text, put it in quotation marks."
        ),
    ),
    Code(
        "yaml-merge-key",
        "error",
        _("the key << would merge another mapping in; planctl does not do that"),
        (_("write the keys and values out here"),),
        _("What an item holds must be readable where the item stands, so that a change elsewhere cannot alter it."),
    ),
    Code(
        "several-documents",
        "error",
        _("a second document begins here; a file holds one"),
        (_("delete the line ---, or move what follows it into a file of its own"),),
        _("The line --- separates documents within one file. planctl reads one document a file, and only the first."),
    ),
    Code(
        "complex-key",
        "error",
        _("a key is a word, not a list, a mapping or a reference"),
        (_("write a plain word before the colon, or put text that begins with a bracket in quotation marks"),),
        _(
            "YAML allows lists and mappings as keys; no field of planctl has such a name. Mostly a line of text "
            "begins with a bracket or with “? ”."
        ),
    ),
    Code(
        "nested-too-deep",
        "error",
        _("this is nested more than {deepest} levels deep"),
        (_("look for brackets that were opened and never closed"),),
        _("No plan is so deep. The file is damaged, is not a plan, or was made to harm the program that reads it."),
    ),
)

_MISTAKES: tuple[Code, ...] = (
    Code(
        "colon-in-text",
        "error",
        _("a colon followed by a space would begin another value here"),
        (_QUOTE_IT,),
        _(
            "In YAML “: ” separates a key from its value. Text that contains it belongs in quotation marks, or below "
            'a line that ends in “|”: title: "Ажил: 1-р шат".'
        ),
    ),
    Code(
        "text-after-quote",
        "error",
        _("the value ended at its closing quotation mark, and text follows"),
        (_QUOTE_IT,),
        _(
            "A value that begins with a quotation mark ends with the next one. Text that holds quotation marks itself "
            "goes between single ones: title: '\"Баялаг\" хөтөлбөр'. Or use the marks « »."
        ),
    ),
    Code(
        "text-after-bracket",
        "error",
        _("the value ended at its closing bracket, and text follows"),
        (_QUOTE_IT,),
        _(
            "A value that begins with [ is a list, one that begins with a brace a mapping, and both end with their "
            "bracket. Text that begins with a bracket belongs in quotation marks."
        ),
    ),
    Code(
        "dash-as-value",
        "error",
        _("a dash as a value would begin a list here"),
        (_("leave the value out if there is none, or put it in quotation marks: {corrected}"),),
        _(
            "In a table “-” says that there is nothing; in YAML it begins a list. Leave the field out if there is no "
            "value, and put a dash that belongs to the text in quotation marks. A negative number has no space: -5."
        ),
    ),
    Code(
        "block-sign-at-start",
        "error",
        _("“{sign}” at the beginning of a value announces lines of text below it"),
        (_QUOTE_IT,),
        _(
            "In YAML a value “|” or “>” means that its text stands on the following lines. A value that only begins "
            "with such a sign, like “>= 3”, belongs in quotation marks."
        ),
    ),
    Code(
        "reserved-sign-at-start",
        "error",
        _("a value cannot begin with “{sign}”"),
        (_QUOTE_IT,),
        _(
            "YAML keeps the signs % @ ` , ? ] and the closing brace at the beginning of a value for itself. Text that "
            "begins with one belongs in quotation marks."
        ),
    ),
    Code(
        "missing-space-after-colon",
        "error",
        _("after the colon of “{key}” a space is missing"),
        (_("write {corrected}"),),
        _("A key and its value are separated by a colon and a space; without the space the line is one long word."),
    ),
    Code(
        "missing-space-after-dash",
        "error",
        _("after the dash of this list a space is missing"),
        (_("write {corrected}"),),
        _("An item of a list begins with a dash and a space; without the space the line is one long word."),
    ),
    Code(
        "line-without-key",
        "error",
        _("this line has no key: {text}"),
        (_("if it continues the text above, begin that text with “|” and indent its lines below it"),),
        _(
            "Every line of a mapping has the shape “key: value”. Text of several lines begins with “|” after its "
            "key, and all of its lines stand deeper than the key."
        ),
    ),
    Code(
        "unclosed-quote",
        "error",
        _("this quotation mark is never closed"),
        (_("close it at the end of the value: {corrected}"),),
        _(
            "Without its closing mark the value swallows the following lines. Close it, and if the text itself holds "
            "quotation marks, put single ones round the whole."
        ),
    ),
    Code(
        "unclosed-bracket",
        "error",
        _("this bracket is never closed"),
        (_("close it: {corrected}; if it is text, put the whole value in quotation marks"),),
        _("A list in square brackets and a mapping in braces end with their own bracket."),
    ),
    Code(
        "backslash-in-quotes",
        "error",
        _("“{sequence}” means nothing between double quotation marks"),
        (_("use single quotation marks, between which a backslash is just a backslash: {corrected}"),),
        _(
            "Between double quotation marks YAML reads a backslash as the beginning of a special sign. Paths such as "
            "C:\\Баримт belong between single ones."
        ),
    ),
    Code(
        "tab-indentation",
        "error",
        _("a tab stands in the indentation"),
        (_("use spaces; most editors can turn all tabs into spaces at once"),),
        _("Every program shows a tab with another width, so YAML allows only spaces before a key or an item."),
    ),
    Code(
        "bad-indentation",
        "error",
        _("this line begins in column {found}, which fits none of the lines above"),
        (_("begin it in column {expected}"),),
        _(
            "Lines that belong together begin in the same column; what belongs to a line stands deeper than it. A "
            "line with a value on it (“a: 1”) cannot have further keys below it."
        ),
    ),
    Code(
        "text-cut-by-hash",
        "error",
        _("“ #” begins a comment; the value ends before it, and “{lost}” is lost"),
        (_QUOTE_IT,),
        _(
            "A # with a space before it begins a comment, wherever it stands. Text that needs one, such as a number "
            "or a tag, belongs in quotation marks, or below a line that ends in “|”."
        ),
    ),
    Code(
        "comment-after-text",
        "warning",
        _("“{lost}” is a comment and will not appear in the report"),
        (_("if it belongs to the text: {corrected}; if not, move it to a line of its own"),),
        _(
            "A # with a space before it begins a comment. After text it is easily meant as part of it, so planctl "
            "asks; a comment on a line of its own is never doubted."
        ),
    ),
)

CODES: tuple[Code, ...] = (*_FILES, *_TEXT, *_YAML, *_MISTAKES)
