"""The vendors' field names that mutants get wrong, by kind."""

M = "marketing_messages_"
META_COUNTS = (
    "impressions", "reach", f"{M}sent", f"{M}delivered", f"{M}read", f"{M}link_btn_click", f"{M}quick_reply_btn_click",
)  # fmt: skip
META_MONEY = ("spend", f"{M}spend")
META_RATES = (
    f"{M}read_rate", f"{M}delivery_rate", f"{M}media_view_rate", f"{M}link_btn_click_rate",
    f"{M}quick_reply_btn_click_rate", f"{M}phone_call_btn_click_rate",
)  # fmt: skip
META_COSTS = (f"{M}cost_per_delivered", f"{M}cost_per_link_btn_click")
META_ACTIONS = ("actions", "action_values", "website_purchase_roas")

INSIGHTS, CAMPAIGNS, ACCOUNTS = "GetMessageCampaignInsights", "ListMessageCampaign", "ListPageAdAccount"
METRIC, ENABLE = "GetChatappTemplateMetric", "EnableWhatsappROIMetric"
ACTIONS = (INSIGHTS, CAMPAIGNS, ACCOUNTS, METRIC, ENABLE)
P = "MarketingMessages"
CAMS_COUNTS = (f"{P}Delivered", f"{P}LinkBtnClick")
CAMS_RATES = (f"{P}ReadRate", f"{P}DeliveryRate", f"{P}LinkBtnClickRate")
CAMS_COSTS = (f"{P}CostPerDelivered", f"{P}CostPerLinkBtnClick")
