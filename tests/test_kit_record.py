"""Recordings: shapes and no values, no secret in any spelling, whole files or none, and plain words for bad ones."""

import base64
import gzip
import json
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote

import pytest

from contract_tests import drift
from contract_tests.drift import asking as asks
from contract_tests.drift import clean
from contract_tests.drift.clean import Private
from contract_tests.drift.probes import catalogue
from contract_tests.drift.recording import Answered
from contract_tests.drift.shapes import Shape
from contract_tests.drift.words import Ids, plain
from contract_tests.profile import ProfileFault
from contract_tests.property import Live
from contract_tests.secrets import Mask, SecretLeft
from contract_tests.transport import Lost, Transport
from tests.kit_recordings import asking, recorded, right, small
from tests.mutants.bends import each, rows

SECRETS = ("EAAtok", "s3cr3t", "testsecret", "CAIS+sts/token==")
SPELLINGS = {
    "raw": lambda text: text,
    "percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "base64": lambda text: base64.b64encode(b"ab" + text.encode()).decode(),
    "gzip": lambda text: base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode(),
}


@dataclass
class Spy:
    """A transport that keeps what is asked through it; after *most* calls nothing answers any more."""

    way: Transport
    most: int = 10_000
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    @property
    def origin(self):
        return self.way.origin

    def send(self, method, target, headers, body):
        self.asked.append((method, target, dict(headers)))
        if len(self.asked) > self.most:
            raise Lost("the connection was lost")
        return self.way.send(method, target, headers, body)

    def close_all(self):
        self.way.close_all()


def spied(target, most=10_000):
    """*target*, with its one transport spied on."""
    spy = Spy(target.transports["meta"], most)
    target.transports = dict.fromkeys(target.transports, spy)
    return spy


def leaking(echoes):
    """A vendor whose answers have *echoes* in turn in every place that a vendor can fill."""

    def bend(asked, inner):
        reply = inner(asked)
        turn = asked.kept["turn"] = asked.kept.get("turn", -1) + 1
        return reply if reply.json is None else _leaking(reply, echoes[turn % len(echoes)])

    return bend


def _leaking(reply, text):
    value, key, body = f"at {text}.", text[:60], reply.json
    body.update({"leak": text, key: text, "Status": text, "status": text, "list": [value, {key: {key: value}}]})
    for row in (body.get("data") or body.get("Data") or ()) if reply.good else ():
        row.update({"leaked": value, "status": text, "Status": text, "currency": text, "name": text})
    for error in (body, body.get("error", {})):
        for name in error.keys() & {"message", "Message"}:
            error[name] += f" {text} '{text}' {value} must be one of the following values: {text}, one"
        error.update({name: text for name in ("Code", "type", "Recommend", "fbtrace_id") if name in error})
    plain = quote(text, safe="+/=%")
    told = {"x_leak": plain, "www_authenticate": f'OAuth "{plain}"', "content_type": f"text/{plain}"}
    told |= {"x_app_usage": json.dumps({text: {"type": text}}), "facebook_api_version": plain}
    return reply.holding(body).headed(**told, **{f"x_{re.sub('[^a-z0-9]', '', text.lower())}": "1"})


def values(value, name=""):
    """Every text in a JSON document, with the name of its property."""
    if isinstance(value, dict):
        return [pair for key, part in value.items() for pair in values(part, key)]
    if isinstance(value, list):
        return [pair for part in value for pair in values(part, name)]
    return [(name, value)] if isinstance(value, str) else []


def test_a_recording_holds_shapes_and_no_values(tmp_path):
    """
    No id and no name of the world that was asked, no credential and no date of its rows is in the recording's file.
    """
    with asking() as target:
        drift.record(target, tmp_path / "old.json")
        world = target.profile.world
    text = (tmp_path / "old.json").read_text("utf-8")

    private = {value for name, value in values(world) if name in ("id", "name", "code", "token", "secret", "owner_id")}
    assert len(private) > 40
    assert [value for value in private if len(value) > 3 and value in text] == []
    assert re.findall(r"\d{4}-\d\d-\d\d", text.replace("2020-06-06", "")) == [str(right().date)]
    assert re.findall(r"\d{6,}", text.replace("2446079", "").replace("1487390", "")) == []


def test_a_recording_is_read_as_it_was_written(tmp_path):
    """
    What is read from a file is what was recorded, with the kit's version, the day, the target and the APIs' versions.
    """
    with asking() as target:
        made = drift.record(target, tmp_path / "old.json")
    kept = drift.read(tmp_path / "old.json")

    assert kept == made
    assert (kept.target, dict(kept.api)) == ("mock", {"meta": "v26.0", "cams": "2020-06-06"})
    assert [path.name for path in tmp_path.iterdir()] == ["old.json"]


def test_two_recordings_of_one_mock_are_the_same():
    """
    A recording does not depend on when, how often or in which process it is made.
    """
    assert recorded() == right()


def test_the_same_id_is_the_same_placeholder():
    """
    Ids are replaced by placeholders, the same id by the same one, so that a recording still says where it stands.
    """
    probes = right().probes

    assert set(probes["cams: MissingPageId"].same) == {"RequestId", "header x-acs-request-id", "Recommend"}
    assert set(probes["cams: MissingPageId"].same.values()) == {"<id:1>"}
    assert probes["meta: adaccount"].same == {"id": "<id:1>", "call": "<id:1>"}
    assert "Object with ID '<id:1>' does not exist" in probes["meta: object_missing"].error.words
    text = (
        "120000000000001 and act_5, 120000000000001 on 2026-11-21T09:00:00+0000 at https://a.example/x?y=1 'so' a1"
        + "b" * 20
    )
    assert plain(text, Ids(), str) == ("<id:1> and <id:2>, <id:1> on <date> at <url> <quoted> <token>", ())


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_secrets_that_a_vendor_echoes_never_reach_the_disk(spelling, tmp_path):
    """
    A vendor that echoes credentials in values, names, words, codes and headers leaves no trace of them in the
    recording, nor in what is printed of it.
    """
    echoes = [SPELLINGS[spelling](secret) for secret in SECRETS]
    with asking(leaking(echoes)) as target:
        made = drift.record(target, tmp_path / "new.json")
        secrets = Mask(target.profile.secrets)
    told = drift.text.as_json(drift.compare.recordings(right(), made))

    for data in ((tmp_path / "new.json").read_text("utf-8"), told):
        assert secrets.survivors(data.encode()) == []
        assert [one for one in (*SECRETS, *echoes) if one in data] == []


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize(
    "spot",
    [
        lambda text: Answered(why=text),
        lambda text: Answered(body={f"data[].{text}": Shape(("string",))}),
        lambda text: Answered(body={"status": Shape(("string",), words=(text,))}),
        lambda text: Answered(headers={"x-new": text}),
    ],
    ids=["words", "name", "enumeration", "header"],
)
def test_nothing_is_written_where_a_secret_would_survive(spot, spelling, tmp_path):
    """
    Should a secret survive in any spelling, nothing is written, and the reason names the secret and not its value.
    """
    secret = "CAIS+sts/token=="
    with asking() as target:
        hidden = clean.private(target.profile)
    made = replace(right(), probes={"meta: me": spot(SPELLINGS[spelling](secret))}, private=hidden)

    with pytest.raises(SecretLeft, match=r"nothing is written.*\$ALIBABA_CLOUD_SECURITY_TOKEN") as refusal:
        made.write(tmp_path / "new.json")
    assert secret not in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "what"), [("id", "120000000000777", "an id"), ("name", "Märchen & Co", "a name")]
)
def test_nothing_is_written_where_an_id_or_a_name_would_survive(name, value, what, tmp_path):
    """
    Ids and names that answers held are private too: none is written, raw or percent-encoded.
    """
    with asking(each(lambda row: row.update({name: value}), "campaigns")) as target:
        made = drift.asked(target)
    made.write(tmp_path / "sound.json")
    for spelled in (value, quote(value)):
        with pytest.raises(SecretLeft, match=what):
            replace(made, probes={"meta: me": Answered(why=spelled)}).write(tmp_path / "new.json")
    assert [path.name for path in tmp_path.iterdir()] == ["sound.json"]


def test_one_word_is_private_unless_a_vendor_uses_it():
    """
    A name of one word is hidden, unless it is a word of the contract, which would blot out what a recording is for.
    """
    private = Private()
    private.learned.update({one: "a name" for one in ("Sommerfest", "campaign") if clean._tellable(one)})

    assert private.hide("Sommerfest is no campaign") == "<name> is no campaign"
    assert private.holds("Sommerfest")
    assert not private.holds("campaign")


def test_a_folder_that_is_not_there_costs_no_call(tmp_path):
    """
    Without a folder to write into nobody is asked, and the reason names the folder.
    """
    with asking() as target:
        with pytest.raises(ProfileFault, match=f"there is no folder {re.escape(str(tmp_path / 'none'))}"):
            drift.record(target, tmp_path / "none" / "new.json")
        with pytest.raises(ProfileFault, match="it is a folder"):
            drift.record(target, tmp_path)
        assert target.seen.total() == 0


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    """
    A recording that cannot be written leaves the old one as it was, and nothing beside it.
    """
    path = tmp_path / "old.json"
    path.write_text("as it was", "utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ProfileFault, match=r"cannot write .*: No space left on device"):
        right().write(path)
    assert [(one.name, one.read_text("utf-8")) for one in tmp_path.iterdir()] == [("old.json", "as it was")]


SOUND = {"recording": 1, "kit": "0.1.0", "date": "2026-11-21", "target": "mock", "api": {}, "probes": {}}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "cannot read the recording .*: No such file"),
        ("{", "is no recording: it is not JSON"),
        ("\xff", "is no recording: it is not JSON"),
        ("[]", "is no recording: .* at its top"),
        ("{}", 'is no recording: "recording" is a required property at its top'),
        (json.dumps(SOUND | {"recording": 2}), "is a recording of a newer kit"),
        (json.dumps(SOUND | {"date": "2026-13-01"}), "is no recording: its date is 2026-13-01"),
        (
            json.dumps(SOUND | {"probes": {"meta: me": {"status": "200"}}}),
            "is no recording: .* at probes/meta: me/status",
        ),
        (json.dumps(SOUND | {"probes": {"x": {"body": {"": {}}}}}), 'is no recording: "types" is a required property'),
    ],
)
def test_a_bad_file_is_one_plain_sentence(text, why, tmp_path):
    """
    A file that is no recording is refused with a sentence that names it and the place of its fault.
    """
    path = tmp_path / "old.json"
    if text is not None:
        path.write_text(text, "latin-1")

    with pytest.raises(ProfileFault, match=why) as fault:
        drift.read(path)
    assert str(path) in str(fault.value)
    assert "\n" not in str(fault.value)


def test_probes_only_read_and_cost_what_they_say():
    """
    The probes send GET to Graph and actions that read to CAMS; each costs the calls that it says.
    """
    with asking() as target:
        spy = spied(target)
        drift.asked(target)
        before = len(spy.asked)
        for probe in catalogue().values():
            asks.ask(probe, target, Private())
            assert len(spy.asked) - before == probe.cost
            before = len(spy.asked)

    actions = Counter(headers.get("x-acs-action", method) for method, _, headers in spy.asked)
    assert set(actions) == {
        "GET", "ListNonsense", "ListMessageCampaign", "ListPageAdAccount", "GetMessageCampaignInsights",
        "GetChatappTemplateMetric",
    }  # fmt: skip


def test_a_live_target_is_shown_one_bad_credential():
    """
    Of a live target the probes that only a mock may be asked are left out, and one call has no good credential.
    """
    with asking() as target:
        spy, own = spied(target), target.profile.meta.token.token
        made = drift.asked(replace(target, exact=False))

    mock_only = {one.id for one in catalogue().values() if one.live is Live.MOCK}
    assert len(mock_only) == 3
    assert not mock_only & made.probes.keys()
    assert len([path for method, path, _ in spy.asked if method == "GET" and own not in path]) == 1
    left = {"meta: no_token", "meta: token_required", "cams: InvalidTimeStamp.Expired"}
    assert {(name, one.unasked) for name, one in made.probes.items() if one.unasked} == {(one, "scope") for one in left}


def test_a_live_recording_costs_few_calls():
    """
    A whole recording, with finding what to ask about, takes less than a hundred calls.
    """
    with asking(world="default") as target:
        drift.asked(target)

        assert target.manners.calls < 100


def test_a_vendor_without_credentials_is_left_out():
    """
    A profile with one vendor records that vendor; what is out of scope says so, and is no drift.
    """
    with asking() as target:
        target.profile = replace(target.profile, cams=None, missing={"cams": "the profile has no [cams]"})
        made = drift.asked(target)

    kinds = {(name.partition(":")[0], one.unasked) for name, one in made.probes.items()}
    assert kinds == {("meta", ""), ("cams", "scope")}
    assert drift.compare.recordings(right(), made) == drift.compare.recordings(made, right()) == []


OF_AN_AD = {f"meta: {name}" for name in ("insights of an ad", "insights by day", "level_above_node", "ad", "leads")}
OF_DELIVERY = OF_AN_AD | {
    f"meta: {name}" for name in ("adset", "campaign", "nonexisting_field", "field_syntax", "first page")
}
OF_CAMPAIGNS = {"cams: GetMessageCampaignInsights", "cams: MissingCampaignId"}


@pytest.mark.parametrize(
    ("bend", "unasked"),
    [
        (rows(lambda *_: [], "insights"), {*OF_DELIVERY, "meta: second page"}),
        (rows(lambda rows, _: rows[:1], "insights"), {"meta: first page", "meta: second page"}),
        (rows(lambda *_: [], "ListMessageCampaign"), OF_CAMPAIGNS),
        (lambda asked, inner: inner(asked), set()),
    ],
    ids=["nothing delivered", "one month", "no message campaign", "everything"],
)
def test_what_a_target_does_not_have_is_out_of_scope(bend, unasked):
    """
    Where a target has nothing to ask about the probe is left out, says why, and is no drift.
    """
    made = recorded(bend)

    assert {name for name, one in made.probes.items() if one.unasked == "scope"} == unasked
    assert {name for name, one in made.probes.items() if one.unasked} == unasked
    assert drift.compare.recordings(right(), made) == []


def test_a_profile_may_name_little():
    """
    A profile without spaces and templates leaves out what needs one; one with an ad account asks that account.
    """
    with asking() as target:
        account = f"act_{target.profile.world['accounts'][0]['id']}"
        meta, cams = replace(target.profile.meta, accounts=(account,)), target.profile.cams
        target.profile = replace(target.profile, meta=meta, cams=replace(cams, spaces=(), templates=()))
        spy = spied(target)
        made = drift.asked(target)

    left = {name for name, one in made.probes.items() if not one.unasked and name.startswith("cams")}
    needless = ("InvalidAction.NotFound", "MissingTemplateCode", "DetailError.TemplateNotExist")
    assert left == {f"cams: {name}" for name in needless}
    assert not [path for _, path, _ in spy.asked[:1] if "me/adaccounts" in path]
    assert not [one for name, one in made.probes.items() if one.unasked and name.startswith("meta")]


@pytest.mark.parametrize(
    ("bend", "unasked", "why"),
    [
        (each(lambda row: row.pop("id"), "adaccounts"), "meta: adaccount", "me/adaccounts tells no id"),
        (each(lambda row: row.pop("ad_id", None), "insights"), "meta: ad", "no ad_id can be read in a row of insights"),
        (
            each(lambda row: row.pop("CampaignId"), "ListMessageCampaign"),
            "cams: GetMessageCampaignInsights",
            "ListMessageCampaign names no campaign and account that can be read",
        ),
        (rows(lambda *_: [7], "insights"), "meta: ad", "the answer cannot be read (AttributeError)"),
    ],
    ids=["an account", "an ad", "a campaign", "a row"],
)
def test_what_cannot_be_read_is_said(bend, unasked, why):
    """
    Where an answer lacks what the next question needs, that probe is broken, and drift says so.
    """
    made = recorded(bend)

    assert (made.probes[unasked].unasked, made.probes[unasked].why) == ("broken", why)
    assert ("not asked", why) in {(one.kind, one.new) for one in drift.compare.recordings(right(), made)}


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b" <!DOCTYPE html><p>", "HTML"),
        (b"<?xml version='1.0'?><Error/>", "XML"),
        (b"Sorry", "text"),
        (b"", "nothing"),
        (b"[]", "JSON"),
    ],
)
def test_the_form_of_a_body_is_told(body, form):
    """
    A body that is no JSON is told by its form, nothing of it is kept, and the contract says otherwise.
    """

    def bend(asked, inner):
        return inner(asked).holding(body) if asked.operation == "ListPageAdAccount" else inner(asked)

    made = recorded(bend)
    assert made.probes["cams: ListPageAdAccount"].form == form
    assert "Sorry" not in made.text()
    assert "schemas/cams/ListPageAdAccount.json" in {one.file for one in drift.compare.contract(made)}


def test_a_target_that_does_not_answer_cannot_be_recorded():
    """
    Where nothing answers there is no recording; after a few lost calls in a row a vendor is left alone.
    """
    with asking() as target:
        spy = spied(target, most=0)
        with pytest.raises(ProfileFault, match="mock could not be asked: the connection was lost"):
            drift.asked(target)

    assert len(spy.asked) < 10


def test_what_was_lost_on_the_way_is_no_success():
    """
    Probes whose answers were lost are one finding, a warning that says so, for drift there cannot be told.
    """
    with asking() as target:
        spied(target, most=20)
        found = drift.compare.recordings(right(), drift.asked(target))

    assert {(one.severity.value, one.kind, one.new) for one in found} == {
        ("warning", "not asked", "the connection was lost")
    }
    assert drift.exit_code(found) == 1


def test_a_spent_budget_is_said_and_no_drift():
    """
    With a budget of calls the first probes are asked; those that are left are told, and are no drift.
    """
    with asking() as target:
        target.manners.most_calls = 12
        found = drift.compare.recordings(right(), drift.asked(target))

    assert {(one.severity.value, one.kind) for one in found} == {("info", "not asked")}
    assert drift.exit_code(found) == 0


def test_the_small_world_leaves_nothing_unasked():
    """
    Every probe has something to ask in the world that these tests use.
    """
    assert Path(small()).is_file()
    assert [name for name, one in right().probes.items() if one.unasked] == []
    assert list(right().probes) == list(catalogue())
