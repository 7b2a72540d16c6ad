"""What is made through CAMS is an event, and both vendors tell of it."""

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.entities import Ad
from mockserver.world.ledger import CampaignCreated, CampaignDeleted, MessageSent
from mockserver.world.load import build, load
from mockserver.world.made import Made
from tests.adding import whatever_status
from tests.cams import Cams, assert_cams_error
from tests.cams_arguments import DAY, minimal
from tests.conftest import Hands
from tests.graph import Graph
from tests.worlds import edited

FILE = load("docs")
HERE = {name: minimal("CreateMessageCampaign", FILE)[name] for name in ("CustSpaceId", "PageId", "AdAccountId")}
PLACE = {name: HERE[name] for name in ("CustSpaceId", "PageId")}
ACCOUNT = f"act_{HERE['AdAccountId']}"
NEW = {"Name": "Grüße & mehr", "Budget": 4200, "BudgetType": "daily"}
MOMENT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@dataclass
class Both:
    """Both vendors of one server, and the hands of its clock."""

    cams: Cams
    graph: Graph
    hands: Hands

    def create(self, **more):
        """The id of a message campaign that was just created."""
        return self.cams.read("CreateMessageCampaign", **{**HERE, **NEW, **more})["CampaignId"]

    def delete(self, id_):
        """Delete it."""
        return self.cams.read("DeleteMessageCampaign", **HERE, CampaignId=id_)

    def listed(self, **more):
        """The list of campaigns of the page."""
        return self.cams.read("ListMessageCampaign", **PLACE, Page={"Index": 1, "Size": 50}, **more)["Data"]

    def edge(self, name, **more):
        """The ids that Graph lists."""
        return [row["id"] for row in self.graph.rows(f"{ACCOUNT}/{name}", fields="id", **more)]

    def insights(self, id_):
        """What CAMS says of a campaign's delivery."""
        return self.cams.read("GetMessageCampaignInsights", **HERE, CampaignId=id_)["Data"]

    def spend(self, id_, **more):
        """What Graph says that an object has spent."""
        rows = self.graph.rows(f"{id_}/insights", fields="marketing_messages_spend", date_preset="maximum", **more)
        return [row["marketing_messages_spend"] for row in rows]


@pytest.fixture
def both(hands):
    made = both_of(FILE, hands)
    yield made
    assert made.graph.runtime.bugs == []


def both_of(file, hands):
    """Both vendors of a server of *file*."""
    runtime = Runtime(Settings(throttle=0), file, hands.clock())
    return Both(Cams(runtime, key="testid", secret="testsecret"), Graph(runtime), hands)


def test_a_created_campaign_is_listed_by_cams(both):
    """
    It stands first in the list, as it was created.
    """
    id_ = both.create()
    row = both.listed()[0]

    assert row == {
        **{name: HERE[name] for name in ("PageId", "AdAccountId")},
        "CampaignId": id_,
        "CampaignName": "Grüße & mehr",
        "Budget": 4200,
        "BudgetType": "daily",
        "CreateTime": int(MOMENT.timestamp() * 1000),
        "Status": "AVAILABLE",
    }
    assert both.listed(CampaignName="Grüße & mehr") == both.listed(CampaignId=id_) == [row]


def test_a_created_campaign_is_an_ad_of_graph(both):
    """
    Graph lists it first among the ads, ad sets and campaigns of its account, and reads each by its id.
    """
    before = {edge: both.edge(edge) for edge in ("ads", "adsets", "campaigns")}
    id_ = both.create()
    ad = both.graph.read(id_, fields="id,name,status,effective_status,adset_id,campaign_id,account_id,created_time")
    after = {edge: both.edge(edge) for edge in before}
    adset = both.graph.read(ad["adset_id"], fields="daily_budget,name,promoted_object,start_time")

    assert after == {
        edge: [one, *before[edge]] for edge, one in zip(before, (id_, ad["adset_id"], ad["campaign_id"]), strict=True)
    }
    assert (ad["name"], ad["status"], ad["effective_status"]) == ("Grüße & mehr", "ACTIVE", "ACTIVE")
    assert (adset["daily_budget"], adset["promoted_object"]["page_id"]) == ("4200", HERE["PageId"])
    assert both.graph.read(ad["campaign_id"], fields="name")["name"] == "Grüße & mehr"


def test_a_created_campaign_delivers_from_its_first_day(both):
    """
    Its insights grow from the day on which it was created, the same in both dialects, and its account's with them.
    """
    before = both.spend(ACCOUNT)
    id_ = both.create()
    both.hands.forward(3 * 86_400)
    told = both.insights(id_)[0]
    days = both.graph.rows(
        f"{id_}/insights", fields="marketing_messages_spend", date_preset="maximum", time_increment=1
    )

    assert (told["DateStart"], told["DateStop"]) == ("2026-11-21", "2026-11-24")
    assert both.spend(id_) == [told["MarketingMessagesSpend"]]
    assert [day["date_start"] for day in days] == [f"2026-11-{day}" for day in (21, 22, 23, 24)]
    assert float(both.spend(ACCOUNT)[0]) == pytest.approx(float(before[0]) + float(told["MarketingMessagesSpend"]))


def test_a_lifetime_budget_has_a_last_day(both):
    """
    A campaign with a lifetime budget delivers for thirty days, and not on the next.
    """
    id_ = both.create(BudgetType="lifetime", Budget=300_000)
    both.hands.forward(60 * 86_400)
    told = both.insights(id_)[0]

    assert both.listed(CampaignId=id_)[0]["BudgetType"] == "lifetime"
    assert (told["DateStart"], told["DateStop"]) == ("2026-11-21", "2026-12-20")
    assert 0 < float(told["MarketingMessagesSpend"]) <= 3000


def test_a_deleted_campaign_is_gone_from_both(both):
    """
    Neither vendor lists it by default, both say that it is deleted, and what it delivered stays.
    """
    id_ = both.create()
    both.hands.forward(86_400)
    both.delete(id_)
    both.hands.forward(5 * 86_400)

    assert id_ not in both.edge("ads")
    assert both.listed(CampaignId=id_) == []
    assert [row["Status"] for row in both.listed(CampaignId=id_, Status="DELETED")] == ["DELETED"]
    assert both.edge("ads", **whatever_status("DELETED")) == [id_]
    assert both.graph.read(id_, fields="status,effective_status")["effective_status"] == "DELETED"
    assert both.insights(id_)[0]["DateStop"] == "2026-11-22"


def test_a_report_keeps_what_is_deleted_later(both):
    """
    A report tells what there was when it was asked for, whenever it is read and exported; a new one leaves it out.
    """
    id_, other = both.create(), both.create()
    both.hands.forward(86_400)
    asked = {"level": "ad", "fields": "ad_id", "date_preset": "maximum"}
    run = both.graph.read(f"{ACCOUNT}/insights", **asked, **{"async": "1"})["report_run_id"]
    before = [row["ad_id"] for row in both.graph.rows(f"{run}/insights")]
    both.delete(id_)

    assert {id_, other} <= set(before)
    assert [row["ad_id"] for row in both.graph.rows(f"{run}/insights")] == before
    both.hands.forward(86_400)
    assert [row["ad_id"] for row in both.graph.rows(f"{run}/insights")] == before
    assert id_ not in {row["ad_id"] for row in both.graph.rows(f"{ACCOUNT}/insights", **asked)}


def test_an_empty_world_is_filled_through_cams(hands):
    """
    A world without campaigns has no rows, and those of a campaign that is created in it from then on.
    """
    empty = both_of(build(edited({"campaigns": []})), hands)

    assert empty.graph.rows(f"{ACCOUNT}/insights", date_preset="maximum") == []
    id_ = empty.create()
    hands.forward(2 * 86_400)
    assert [row["ad_id"] for row in empty.graph.rows(f"{ACCOUNT}/insights", level="ad", fields="ad_id")] == [id_]


def test_what_is_left_without_ads_is_deleted_too(both):
    """
    The ad set and the campaign of the only ad are deleted with it, and nothing beside them.
    """
    one, other = both.create(), both.create()
    ad = both.graph.read(one, fields="adset_id,campaign_id")
    both.delete(one)

    assert {both.graph.read(ad[name], fields="status")["status"] for name in ("adset_id", "campaign_id")} == {"DELETED"}
    assert both.graph.read(other, fields="effective_status")["effective_status"] == "ACTIVE"


def test_what_has_living_ads_stays(hands):
    """
    Of a campaign with many ads one is deleted, and the others deliver as before.
    """
    runtime = Runtime(Settings(throttle=0), load("default"), hands.clock())
    world = runtime.world
    campaign = next(one for one in runtime.file.nodes.values() if len(world.below(one, "ad")) > 1)
    ads = [one for one in world.below(campaign, "ad") if isinstance(one, Ad)]
    before = {one.id: world.totals(one, world.delivery(one)) for one in ads}
    world.record(lambda _: CampaignDeleted(ads[0].id, world.today(campaign)))
    after = [one for one in world.below(campaign, "ad") if isinstance(one, Ad)]

    assert [one.id for one in after] == [one.id for one in ads]
    assert Counter(one.status for one in after)["DELETED"] == 1 + Counter(one.status for one in ads[1:])["DELETED"]
    assert {one.id: world.totals(one, world.delivery(one)) for one in after[1:]} == {
        one.id: before[one.id] for one in ads[1:]
    }


def test_deleting_again_is_no_event(both):
    """
    What is deleted stays deleted, and the ledger hears of it once.
    """
    id_ = both.create()
    first, again = both.delete(id_), both.delete(id_)
    events = both.cams.runtime.world.ledger.events

    assert first["Success"] is again["Success"] is True
    assert [type(event) for event in events] == [CampaignCreated, CampaignDeleted]


def test_a_reset_forgets_what_was_made(both):
    """
    After a reset the world is its file again.
    """
    before = both.listed()
    id_ = both.create()
    both.cams.runtime.reset()

    assert both.listed() == before
    assert both.graph.get(id_).status == 400


def test_ids_are_new_and_come_again(both, hands):
    """
    No two campaigns share an id, and the same calls of the same world make the same ids.
    """
    elsewhere = Both(*[None] * 3)
    runtime = Runtime(Settings(throttle=0), FILE, hands.clock())
    elsewhere.cams = Cams(runtime, key="testid", secret="testsecret")
    ids = [both.create() for _ in range(20)]

    assert len(set(ids)) == 20
    assert ids == sorted(ids, key=int)
    assert [elsewhere.create() for _ in range(20)] == ids
    assert not set(ids) & set(FILE.nodes)


def test_the_events_make_the_same_world_again(both):
    """
    The ledger's events, applied to the file, are the world as it is now.
    """
    first, second = both.create(), both.create(Name="other")
    both.delete(first)
    world, again = both.cams.runtime.world, Made(FILE)
    for event in world.ledger.events:
        again = again.after(event)

    assert [node.id for node in again.below(ACCOUNT, "ad")] == [node.id for node in world.made.below(ACCOUNT, "ad")]
    assert {id_: again.node(id_).status for id_ in (first, second)} == {first: "DELETED", second: "ACTIVE"}


def test_a_template_lives(both):
    """
    Created, it is listed and reviewed; modified, it reads as it was written last; deleted, it is not there.
    """
    cams, space = both.cams, HERE["CustSpaceId"]
    whole = minimal("CreateChatappTemplate", FILE) | {"CustSpaceId": space, "Example": {"name": "Ann"}}
    whole |= {
        "Components": [
            {"Type": "BODY", "Text": "Hi $(name)"},
            {"Type": "BUTTONS", "Buttons": [{"Type": "URL", "Text": "Shop", "Url": "https://a.example"}]},
        ]
    }
    code = cams.read("CreateChatappTemplate", **whole)["Data"]["TemplateCode"]
    asked = {"CustSpaceId": space, "TemplateCode": code, "Language": "en"}
    detail = cams.read("GetChatappTemplateDetail", **asked)["Data"]
    row = cams.read("ListChatappTemplate", CustSpaceId=space, Code=code)["ListTemplate"][0]

    assert (detail["Components"], detail["Example"]) == (whole["Components"], {"name": "Ann"})
    assert (row["AuditStatus"], row["TemplateName"], row["Category"]) == ("auditing", whole["Name"], "UTILITY")

    text = [{"Type": "BODY", "Text": "Bye", "HasExpiration": True}]
    cams.read("ModifyChatappTemplate", **asked, Components=text)
    detail = cams.read("GetChatappTemplateDetail", **asked)["Data"]

    assert detail["Components"] == [{"Type": "BODY", "Text": "Bye", "hasExpiration": True}]

    both.hands.forward(86_401)
    cams.read("ModifyChatappTemplateProperties", **asked, TemplateType="WHATSAPP", AllowSend=False)
    detail = cams.read("GetChatappTemplateDetail", **asked)["Data"]

    assert (detail["AuditStatus"], detail["AllowSend"]) == ("pass", False)
    assert json.loads(cams.call("ModifyChatappTemplate", **asked, Components=text).body)["Code"] == (
        "InvalidParameter.AuditStatusNotSupport"
    )

    cams.read("DeleteChatappTemplate", **asked, TemplateType="WHATSAPP")
    gone = cams.call("GetChatappTemplateDetail", **asked)

    assert cams.read("ListChatappTemplate", CustSpaceId=space, Code=code)["ListTemplate"] == []
    assert_cams_error(
        gone, status=200, code="DetailError.TemplateNotExist", message="The template does not exist.", success=False
    )


def test_a_wording_is_the_vendors(both):
    """
    Parts that the vendor does not know are left out, and words that XML cannot name are written all the same.
    """
    whole = minimal("CreateChatappTemplate", FILE)
    whole |= {"Components": [{"Type": "BODY", "text": 5, "FlowID": {}}], "Example": {"a b<": "x", "1": "y", "": "z"}}
    code = both.cams.read("CreateChatappTemplate", **whole)["Data"]["TemplateCode"]
    asked = {"TemplateCode": code, "Language": "en"}
    in_xml = both.cams.send(both.cams.v1("GetChatappTemplateDetail", asked, common={"Format": None}))

    assert both.cams.read("GetChatappTemplateDetail", **asked)["Data"]["Components"] == [{"Type": "BODY"}]
    assert b"<Example><a_b_>x</a_b_><_>y</_><_>z</_></Example>" in in_xml.body


def test_a_language_joins_its_template(both):
    """
    A template of the same name in another language has the same code, and is deleted by itself or with the others.
    """
    whole = minimal("CreateChatappTemplate", FILE)
    codes = [
        both.cams.read("CreateChatappTemplate", **{**whole, "Language": one})["Data"]["TemplateCode"]
        for one in ("en", "de", "fr")
    ]
    both.cams.read("DeleteChatappTemplate", TemplateType="WHATSAPP", TemplateCode=codes[0], Language="de")
    left = both.cams.read("ListChatappTemplate", Code=codes[0])["ListTemplate"]
    both.cams.read("DeleteChatappTemplate", TemplateType="WHATSAPP", TemplateName=whole["Name"])

    assert len(set(codes)) == 1
    assert {row["Language"] for row in left} == {"en", "fr"}
    assert both.cams.read("ListChatappTemplate", Code=codes[0])["Total"] == 0


def test_templates_are_paged(both):
    """
    Pages of the list of templates put together are the list, and its Total is told.
    """
    whole = minimal("CreateChatappTemplate", FILE)
    for number in range(7):
        both.cams.read("CreateChatappTemplate", **{**whole, "Name": f"made_{number}"})
    pages = [
        both.cams.read("ListChatappTemplate", Page={"Index": number, "Size": 3})["ListTemplate"]
        for number in range(1, 5)
    ]
    everything = both.cams.read("ListChatappTemplate", Page={"Index": 1, "Size": 100})

    assert [row for page in pages for row in page] == everything["ListTemplate"]
    assert everything["Total"] == 8
    assert both.cams.read("ListWhatAppTemplate")["Total"] == 8


@pytest.mark.parametrize("granularity", ["DAILY", "HALF_HOUR"])
def test_phone_numbers_add_up_with_their_templates(hands, granularity):
    """
    What the phone numbers of a space sent and delivered is what its marketing templates did, at any cut.
    """
    file = load("default")
    cams = Cams(Runtime(Settings(throttle=0), file, hands.clock()), key="testid", secret="testsecret")
    end = int(MOMENT.timestamp() * 1000) - 12_345_678
    span = {"CustSpaceId": "cams-shop-1", "Start": end - 5 * DAY, "End": end, "Granularity": granularity}
    codes = {
        one.code
        for same in file.templates.values()
        for one in same
        if one.space.id == "cams-shop-1" and (one.category, one.type) == ("MARKETING", "WHATSAPP")
    }
    told = [row for code in codes for row in cams.read("GetChatappTemplateMetric", TemplateCode=code, **span)["Data"]]
    phones = cams.read("GetChatappPhoneNumberMetric", **span)["Data"]

    assert len({row["PhoneNumber"] for row in phones}) == 2
    for count in ("SentCount", "DeliveredCount"):
        assert sum(row[count] for row in phones) == sum(row[count] for row in told) > 0


def test_messages_are_listed(both):
    """
    What is sent from a number is listed for it, newest first, and filtered by what a row tells.
    """
    cams, send = both.cams, minimal("SendChatappMessage", FILE)
    asked = {**minimal("ListChatappMessage", FILE), "Page": {"Index": 1, "Size": 2}}
    ids = []
    for number in range(3):
        ids.append(cams.read("SendChatappMessage", **{**send, "To": f"1555010{number}"})["MessageId"])
        both.hands.forward(60)
    template = minimal("SendChatappMassMessage", FILE)
    group = cams.read("SendChatappMassMessage", **{**template, "SenderList": [{"To": "1"}, {"To": "2"}]})[
        "GroupMessageId"
    ]
    listed = cams.read("ListChatappMessage", **asked)["Data"]
    start = int(MOMENT.timestamp() * 1000)

    def found(**more):
        whole = {**asked, "Page": {"Index": 1, "Size": 50}, **more}
        return [row["MessageId"] for row in cams.read("ListChatappMessage", **whole)["Data"]]

    assert [row["UserNumber"] for row in listed] == ["2", "1"]
    assert listed[0]["TemplateCode"] == template["TemplateCode"]
    assert found()[2:] == ids[::-1]
    assert found(UserNumber="15550101") == [ids[1]]
    assert len(found(GroupMessageId=group)) == len(found(TemplateCode=template["TemplateCode"])) == 2
    assert found(StartTime=start, EndTime=start + 90_000) == ids[1::-1]
    assert found(StartTimeStr="2026-11-21 12:01:00", EndTimeStr="2026-11-21 12:01:30") == [ids[1]]
    assert found(EventAction="UP") == found(ChannelType="viber") == found(BusinessNumber="1") == []
    assert [type(event) for event in cams.runtime.world.ledger.events] == [MessageSent] * 5


def test_messages_of_a_page_are_messengers(both):
    """
    A page of the space sends on Messenger, and nobody else's does.
    """
    send = {**minimal("SendChatappMessage", FILE), "ChannelType": "messenger", "From": HERE["PageId"]}
    id_ = both.cams.read("SendChatappMessage", **send)["MessageId"]
    asked = {**minimal("ListChatappMessage", FILE), "BusinessNumber": HERE["PageId"], "ChannelType": "messenger"}

    assert [row["MessageId"] for row in both.cams.read("ListChatappMessage", **asked)["Data"]] == [id_]


def test_settings_of_a_number_are_told(both):
    """
    The webhooks of an account are its numbers', unless one has its own; queues are told where they are asked for.
    """
    cams, phone = both.cams, minimal("UpdatePhoneWebhook", FILE)
    cams.read("UpdateAccountWebhook", CustSpaceId=HERE["CustSpaceId"], StatusCallbackUrl="https://all.example")
    cams.read("UpdatePhoneWebhook", **phone, StatusCallbackUrl="https://one.example", QueueFlag="Y")
    rows = cams.read("QueryChatappPhoneNumbers", CustSpaceId=HERE["CustSpaceId"])["PhoneNumbers"]
    urls = {row["PhoneNumber"]: row["StatusCallbackUrl"] for row in rows}

    assert urls.pop(phone["PhoneNumber"]) == "https://one.example"
    assert set(urls.values()) == {"https://all.example"}
    assert ["StatusQueue" in row for row in rows] == [True, False]


def test_a_space_may_say_its_numbers(hands):
    """
    A world file's own phone numbers and account are the space's; without them they follow from the seed.
    """
    file = build(edited({"spaces/0/phone_numbers": ["8613800000000"], "spaces/0/waba_id": "65921621816"}))
    cams = Cams(Runtime(Settings(throttle=0), file, hands.clock()), key="testid", secret="testsecret")

    assert [row["PhoneNumber"] for row in cams.read("QueryChatappPhoneNumbers")["PhoneNumbers"]] == ["8613800000000"]
    assert cams.read("QueryChatappBindWaba")["Data"]["Id"] == "65921621816"


def test_pages_come_and_go(both):
    """
    A page that is taken from a space is nobody's there until it is bound again; its ad accounts may come with it.
    """
    before = both.listed()
    instance = {"InstanceId": HERE["CustSpaceId"], "PageId": HERE["PageId"]}
    both.cams.read("DeleteMessengerPage", **instance)
    refused = both.cams.call("ListMessageCampaign", **PLACE, Page={"Index": 1, "Size": 5})
    both.cams.read("CreateMessengerPage", **minimal("CreateMessengerPage", FILE))

    assert json.loads(refused.body)["Code"] == "Unknown.ResourceOwnerId"
    assert both.listed() == before


def test_many_threads_make_many_campaigns(both):
    """
    What is created at the same time has different ids, and all of it is listed.
    """
    requests = [both.cams.v3("CreateMessageCampaign", {**HERE, **NEW}) for _ in range(40)]
    with ThreadPoolExecutor(8) as pool:
        bodies = [json.loads(response.body) for response in pool.map(both.cams.send, requests)]
    ids = {body["CampaignId"] for body in bodies}

    assert len(ids) == 40
    assert ids <= {row["CampaignId"] for row in both.listed()}


def test_a_number_is_added_verified_and_disconnected(both):
    """
    A new number of a space is pending until its code comes back; one that others have is not given away.
    """
    cams, space = both.cams, HERE["CustSpaceId"]
    cams.read("AddChatappPhoneNumber", CustSpaceId=space, Cc="86", PhoneNumber="13800000000", VerifiedName="Shop")
    asked = {"CustSpaceId": space, "PhoneNumber": "8613800000000"}

    def state():
        rows = cams.read("QueryChatappPhoneNumbers", CustSpaceId=space)["PhoneNumbers"]
        return [(row["Status"], row["CodeVerificationStatus"], row["VerifiedName"]) for row in rows][2:]

    assert state() == [("PENDING", "NOT_VERIFIED", "Shop")]
    assert cams.read("GetPhoneNumberVerificationStatus", **asked)["Data"]["CodeVerificationStatus"] == "NOT_VERIFIED"

    cams.read("ChatappVerifyAndRegister", **asked, VerifyCode="123456")

    assert state() == [("CONNECTED", "VERIFIED", "Shop")]
    assert cams.read("SendChatappMessage", **{**minimal("SendChatappMessage", FILE), "From": "+8613800000000"})

    cams.read("ChatappPhoneNumberDeregister", **asked)

    assert state() == [("DISCONNECTED", "VERIFIED", "Shop")]
    first = cams.read("QueryChatappPhoneNumbers", CustSpaceId=space)["PhoneNumbers"][0]["PhoneNumber"]
    other = Cams(cams.runtime, key="LTAIother", secret="othersecret")
    stolen = other.call(
        "AddChatappPhoneNumber", CustSpaceId="cams-other-owner", Cc=first[:2], PhoneNumber=first[2:], VerifiedName="x"
    )
    assert json.loads(stolen.body)["Code"] == "Unknown.ResourceOwnerId"


@pytest.mark.parametrize(
    ("node", "kinds"),
    [
        ({"NodeType": "waba", "WabaId": True}, ["WABA", "BUSINESS"]),
        ({"NodeType": "phone", "PhoneNumber": True}, ["PHONE_NUMBER", "WABA", "BUSINESS"]),
        ({"NodeType": "template", "TemplateCode": True, "Language": True}, ["MESSAGE_TEMPLATE", "WABA", "BUSINESS"]),
    ],
)
def test_health_is_told_of_each_node_and_what_is_above_it(both, node, kinds):
    """
    A template, a phone number and an account are healthy; without the name of the node the call is refused.
    """
    known = {**minimal("UpdateWabaMmlStatus", FILE), **minimal("UpdatePhoneWebhook", FILE)}
    known |= minimal("GetChatappTemplateDetail", FILE)
    values = {name: known[name] if value is True else value for name, value in node.items()}
    told = both.cams.read("GetWhatsappHealthStatus", CustSpaceId=HERE["CustSpaceId"], **values)["Data"]
    bare = both.cams.call("GetWhatsappHealthStatus", CustSpaceId=HERE["CustSpaceId"], NodeType=node["NodeType"])

    assert [entity["EntityType"] for entity in told["Entities"]] == kinds
    assert {entity["CanSendMessage"] for entity in told["Entities"]} == {told["CanSendMessage"]} == {"AVAILABLE"}
    assert json.loads(bare.body)["Code"] == f"Missing{list(node)[1]}"


def test_a_created_campaign_has_a_creative(both: Both):
    """
    An ad that CAMS made has a creative in Graph, which is found by its id and in the account's list, deleted or not.
    """
    id_ = both.create()
    creative = both.graph.read(f"/{id_}", fields="creative{id,actor_id}")["creative"]
    both.delete(id_)

    assert creative["actor_id"] == HERE["PageId"]
    assert both.graph.read(f"/{id_}", fields="creative")["creative"]["id"] == creative["id"]
    assert both.graph.read(f"/{creative['id']}", fields="id")["id"] == creative["id"]
    assert creative["id"] in both.edge("adcreatives")
