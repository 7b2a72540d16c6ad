"""JUnit XML, as Jenkins, GitLab and GitHub read it: one testcase for each property."""

from xml.etree import ElementTree as Tree

from ..outcomes import Outcome
from .evidence import Evidence, Shown


def written(shown: Shown) -> bytes:
    """The run as one testsuite; whatever was not decided, or is known, is skipped with its reason."""
    failures = len(shown.having(Outcome.FAIL))
    skipped = len(shown.all) - failures - len(shown.having(Outcome.PASS))
    counts = {"tests": str(len(shown.all)), "failures": str(failures), "errors": "0", "time": f"{shown.seconds:.3f}"}
    root = Tree.Element("testsuites", {"name": "conformance", **counts})
    timestamp = shown.started.replace(tzinfo=None).isoformat(timespec="seconds")
    about = {"name": f"conformance of {shown.name}", **counts, "skipped": str(skipped), "timestamp": timestamp}
    suite = Tree.SubElement(root, "testsuite", about)
    told = Tree.SubElement(suite, "properties")
    for name, value in _properties(shown).items():
        Tree.SubElement(told, "property", {"name": name, "value": value})
    for one in shown.all:
        _testcase(suite, one)
    Tree.indent(root)
    document: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _properties(shown: Shown) -> dict[str, str]:
    return {
        "target": shown.target,
        "seed": str(shown.seed),
        "effort": shown.effort,
        "calls": str(shown.calls),
        "divergence": f"{shown.divergence:.4f}",
        "coverage": f"{shown.coverage:.4f}",
        "verdict": shown.verdict,
    }


def _testcase(suite: Tree.Element, one: Evidence) -> None:
    about = {"classname": f"{one.vendor}.{one.kind}", "name": f"{one.id} {one.title}", "time": f"{one.seconds:.3f}"}
    case = Tree.SubElement(suite, "testcase", about)
    if one.outcome is Outcome.FAIL:
        Tree.SubElement(case, "failure", {"type": "Broken", "message": one.reason}).text = story(one)
    elif one.outcome is not Outcome.PASS:
        Tree.SubElement(case, "skipped", {"message": f"{one.outcome.value}: {one.reason}"})
        if one.outcome is Outcome.DIVERGENCE:
            Tree.SubElement(case, "system-out").text = story(one)


def story(one: Evidence) -> str:
    """All of a failure in plain text."""
    parts = [
        ("broken", one.reason),
        ("the vendor's sentence", one.sentence),
        ("page", one.page),
        ("got", one.got),
        ("expected", one.expected),
        *(("call", each.request.text) for each in one.exchanges[:-1]),
        *(("the request", each.request.text) for each in one.exchanges[-1:]),
        *(("note", note) for each in one.exchanges[-1:] for note in each.request.notes),
        *(("answer", f"HTTP {each.status} {each.body}") for each in one.exchanges[-1:]),
        *((name, value) for each in one.exchanges[-1:] for name, value in each.ids),
        *((f"drawn {name}", value) for name, value in one.drawn),
        ("seed", str(one.seed)),
        ("again", one.command),
    ]
    return "\n".join(f"{name}: {text}" for name, text in parts)
