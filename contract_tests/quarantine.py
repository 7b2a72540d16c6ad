"""Where the vendors' own printed examples contradict their pages, each other or arithmetic, and what holds instead."""

from collections.abc import Mapping

PLACEHOLDER = "the example column repeats one value for several fields"
MASKED = "the example column prints a placeholder"

# (operation, title of its example, rule that it breaks) → why it is let pass
EXAMPLES: Mapping[tuple[str, str, str], str] = {
    (
        "insights",
        "Insights on delivered messages",
        "fields",
    ): "the sample request asks for two fields, the answer shows 8",
    (
        "insights",
        "Insights on delivered messages",
        "delivery rate",
    ): "a delivery rate of 0 stands beside 2755 delivered",
    ("GetMessageCampaignInsights", "Success response", "click rate"): PLACEHOLDER,
    ("GetMessageCampaignInsights", "Success response", "cost per click"): PLACEHOLDER,
    ("GetMessageCampaignInsights", "Success response", "cost per delivered"): PLACEHOLDER,
    ("GetChatappTemplateMetric", "Success response", "dates"): "Start, of January 2023, is after End, of November 2022",
    ("GetChatappTemplateMetric", "Success response", "counts nest"): "20 button clicks on 6 delivered",
    ("GetChatappTemplateMetric", "Success response", "RequestId"): "RequestId ends in a line break",
    ("ListMessageCampaign", "Success response", "Code"): "Code prints the word Example beside Success true",
    ("ListMessageCampaign", "Success response", "CreateTime"): "173029392838 has 12 digits: in milliseconds 1975",
    **{
        (operation, "Success response", "no word for nothing"): MASKED
        for operation in (
            "EnableWhatsappROIMetric",
            "GetChatappTemplateMetric",
            "GetMessageCampaignInsights",
            "ListMessageCampaign",
            "ListPageAdAccount",
        )
    },
}

# what CAMS tells of the campaign whose example Meta prints too: Meta's values, which agree with each other
INSIGHTS_INSTEAD: Mapping[str, tuple[str, str]] = {
    "DateStart": ("2024-05-01", "one campaign has one start; Meta's example prints this one"),
    "MarketingMessagesCostPerDelivered": ("0.014109", PLACEHOLDER),
    "MarketingMessagesCostPerLinkBtnClick": ("0.145037", PLACEHOLDER),
    "MarketingMessagesLinkBtnClickRate": ("9.727768", PLACEHOLDER),
    "MarketingMessagesDeliveryRate": ("0", "Meta's example prints 0"),
}
CLICKS_INSTEAD = (3, "counts nest: a button is clicked at most as often as messages are delivered")
BUDGET_INSTEAD = (6200, "a budget is in cents where campaigns are created; 62 has no unit")
