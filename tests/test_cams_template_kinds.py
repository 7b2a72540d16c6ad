"""Templates beside others of their name: codes, metrics, and what their settings are called."""

import json

from mockserver.pipeline import Runtime
from mockserver.settings import Settings
from mockserver.world.load import build
from tests.cams import Cams
from tests.cams_arguments import minimal
from tests.cams_world import SPACE, TEMPLATE, document
from tests.conftest import Hands
from tests.test_cams_templates import LATER_NOW, NOW, enabled, metric


def test_metrics_outlive_a_template_of_another_kind():
    """
    A template of the same name in another category or type has a code of its own, and changes no metrics.
    """
    cams, _ = enabled()
    before, whole = metric(cams, NOW, LATER_NOW), {"CustSpaceId": SPACE, "Name": f"template_{TEMPLATE}"}
    codes = [
        cams.read("CreateChatappTemplate", **{**minimal("CreateChatappTemplate"), **whole, **kind})["Data"][
            "TemplateCode"
        ]
        for kind in (
            {"Language": "sw", "Category": "UTILITY", "TemplateType": "WHATSAPP"},
            {"Language": "pt", "Category": "MARKETING", "TemplateType": "VIBER"},
            {"Language": "fr", "Category": "MARKETING", "TemplateType": "WHATSAPP"},
        )
    ]

    assert metric(cams, NOW, LATER_NOW) == before != []
    assert [code == TEMPLATE for code in codes] == [False, False, True]
    assert codes[0] != codes[1]


def test_a_language_is_asked_for_by_itself():
    """
    A code that has languages in several categories is refused only where one without metrics is asked for.
    """
    world = document()
    world["templates"][1]["category"] = "UTILITY"
    cams = Cams(Runtime(Settings(throttle=0), build(world), Hands().clock()))
    refused = cams.call("GetChatappTemplateMetric", TemplateCode=TEMPLATE, Start=NOW, End=LATER_NOW, Language="en")

    assert metric(cams, NOW, LATER_NOW) == []
    assert json.loads(refused.body)["Code"] == "InvalidParameter.TemplateTypeNotSupport"


def test_properties_are_told_in_one_spelling(cams):
    """
    The Model of changed properties begins every name with a small letter and has no other style, nor anything unasked.
    """
    asked = minimal("ModifyChatappTemplateProperties")
    both = cams.read("ModifyChatappTemplateProperties", **asked, AllowSend=False, CategoryChangePaused=True)["Model"]
    named = {"templateCode": asked["TemplateCode"], "language": asked["Language"]}

    assert both == {**named, "allowSend": False, "categoryChangePaused": True}
    assert cams.read("ModifyChatappTemplateProperties", **asked)["Model"] == named
