"""Parts of a batch that use the answers to others."""

from urllib.parse import quote

import pytest

from mockserver.vendors.meta.references import values
from tests.batches import BATCH, error, get, parts_of, sent
from tests.graph import ACCOUNT, AD, Graph, assert_graph_error


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$.a", [{"b": [{"c": 1}, {"c": 2}]}]),
        ("$.a.b[0].c", [1]),
        ("$.a.b.*.c", [1, 2]),
        ("$.a.b[*].c", [1, 2]),
        ("$['a']['b'][1].c", [2]),
        ("$.a.b[2].c", []),
        ("$.x", []),
        ("$.a.b.c", []),
        ("$..c", []),
        ("$.a[b]", []),
        ("$", [{"a": {"b": [{"c": 1}, {"c": 2}]}}]),
    ],
)
def test_paths_find_values(path, found):
    """
    Names, places and stars lead to values; what leads nowhere, and what is no such path, finds nothing.
    """
    assert values({"a": {"b": [{"c": 1}, {"c": 2}]}}, path) == found


@pytest.mark.parametrize("keep", [None, True, False])
def test_a_part_may_use_the_answer_to_another(docs: Graph, keep):
    """
    {result=name:path} stands for values of an earlier answer, which is itself left out unless that is forbidden.
    """
    omit = {} if keep is None else {"omit_response_on_success": keep}
    told = parts_of(
        docs,
        [
            get(f"{ACCOUNT}/campaigns?fields=id&limit=5", name="mine", **omit),
            get("?ids={result=mine:$.data.*.id}&fields=id,name"),
            get("{result=mine:$.data[0].id}/insights?fields=spend"),
            {
                "method": "POST",
                "relative_url": f"{ACCOUNT}/ads?method=get",
                "body": "limit=1&fields={result=mine:$.data[0].nothing}",
            },
        ],
    )
    ids = [one["id"] for one in docs.read(f"/{ACCOUNT}/campaigns", fields="id", limit=5)["data"]]

    assert told[0] is None if keep is not False else told[0]["code"] == 200
    assert list(told[1]["body"]) == ids
    assert told[2]["body"]["data"] == docs.read(f"/{ids[0]}/insights", fields="spend")["data"]
    assert error(told[3])[2].startswith(
        "Request 3 was not made: the answer to the request with name mine does not give"
    )


def test_a_reference_may_be_encoded(docs: Graph):
    """
    An SDK encodes what it takes for a value.
    """
    told = parts_of(docs, [get(AD, name="ad"), get(f"?ids={quote('{result=ad:$.id}')}&fields=name")])

    assert list(told[1]["body"]) == [AD]


def test_what_depends_on_a_refused_part_is_not_made(docs: Graph):
    """
    The refusal itself is told, and so is why the dependent was not made; the rest is answered.
    """
    told = parts_of(docs, [get("404404", name="gone"), get(AD, depends_on="gone"), get("{result=gone:$.id}"), get(AD)])

    assert [part["code"] for part in told] == [400, 400, 400, 200]
    assert [error(part)[2][:32] for part in told[1:3]] == [
        "Request 1 was not made: the answ",
        "Request 2 was not made: the answ",
    ]


@pytest.mark.parametrize(
    "entry", [get(AD, depends_on="late"), get("{result=late:$.id}"), get(f"{AD}?fields={{result=late:$.x}}")]
)
def test_parts_depend_on_those_before_them_alone(docs: Graph, entry):
    """
    A name that stands nowhere before refuses the batch, in recorded words.
    """
    refused = sent(docs, [get(AD), entry, get(AD, name="late")])
    words = "Request 1 cannot depend on an  unresolved request with  name late."
    words += " Requests can only depend on preceding requests"

    assert_graph_error(refused, status=400, message=words, code=100, kind=BATCH)
