"""Which function answers which operation: from the world where it knows, else with what is made up."""

from collections.abc import Mapping

from mockserver.contract.load import Contract
from mockserver.pipeline import Handler
from mockserver.vendors.cams import (
    campaign_writes,
    campaigns,
    channels,
    generated,
    instances,
    messages,
    pages,
    phones,
    template_reads,
    template_writes,
    templates,
)

WORLD: Mapping[str, Handler] = {
    # message campaigns
    "ListMessageCampaign": campaigns.list_message_campaign,
    "GetMessageCampaignInsights": campaigns.get_message_campaign_insights,
    "ListPageAdAccount": campaigns.list_page_ad_account,
    "CreateMessageCampaign": campaign_writes.create_message_campaign,
    "DeleteMessageCampaign": campaign_writes.delete_message_campaign,
    "SyncMessageCampaign": campaign_writes.sync_message_campaign,
    # metrics
    "GetChatappTemplateMetric": templates.get_chatapp_template_metric,
    "GetChatappPhoneNumberMetric": templates.get_chatapp_phone_number_metric,
    "EnableWhatsappROIMetric": templates.enable_whatsapp_roi_metric,
    # templates
    "ListChatappTemplate": template_reads.list_chatapp_template,
    "ListWhatAppTemplate": template_reads.list_what_app_template,
    "GetChatappTemplateDetail": template_reads.get_chatapp_template_detail,
    "CreateChatappTemplate": template_writes.create_chatapp_template,
    "ModifyChatappTemplate": template_writes.modify_chatapp_template,
    "ModifyChatappTemplateProperties": template_writes.modify_chatapp_template_properties,
    "ArchiveChatappTemplate": template_writes.archive_chatapp_template,
    "DeleteChatappTemplate": template_writes.delete_chatapp_template,
    # pages
    "GetFbMessengerPages": pages.get_fb_messenger_pages,
    "BindMessengerPage": pages.bind_messenger_page,
    "CreateMessengerPage": pages.create_messenger_page,
    "DeleteMessengerPage": pages.delete_messenger_page,
    # channels
    "QueryChatappBindWaba": channels.query_chatapp_bind_waba,
    "ChatappBindWaba": channels.chatapp_bind_waba,
    "QueryWabaBusinessInfo": channels.query_waba_business_info,
    "QueryMMLActive": channels.query_mml_active,
    "UpdateWabaMmlStatus": channels.update_waba_mml_status,
    "UpdateAccountWebhook": channels.update_account_webhook,
    "GetWhatsappHealthStatus": channels.get_whatsapp_health_status,
    "ListInstance": instances.list_instance,
    "QueryInstance": instances.query_instance,
    "CreateInstance": instances.create_instance,
    "UpdateInstance": instances.update_instance,
    "DeleteInstance": instances.delete_instance,
    "GetChatappOpenStatus": channels.get_chatapp_open_status,
    "OpenChatappService": channels.open_chatapp_service,
    "QueryChatappPhoneNumbers": phones.query_chatapp_phone_numbers,
    "ChatappSyncPhoneNumber": phones.chatapp_sync_phone_number,
    "GetPhoneNumberVerificationStatus": phones.get_phone_number_verification_status,
    "GetChatappPhoneNumberSetting": phones.get_chatapp_phone_number_setting,
    "QueryPhoneBusinessProfile": phones.query_phone_business_profile,
    "ModifyPhoneBusinessProfile": phones.modify_phone_business_profile,
    "UpdatePhoneWebhook": phones.update_phone_webhook,
    "AddChatappPhoneNumber": phones.add_chatapp_phone_number,
    "ChatappVerifyAndRegister": phones.chatapp_verify_and_register,
    "ChatappPhoneNumberRegister": phones.chatapp_phone_number_register,
    "ChatappPhoneNumberDeregister": phones.chatapp_phone_number_deregister,
    # messages
    "SendChatappMessage": messages.send_chatapp_message,
    "SendChatappMassMessage": messages.send_chatapp_mass_message,
    "ListChatappMessage": messages.list_chatapp_message,
}


def handlers(contract: Contract) -> dict[str, Handler]:
    """A handler for every operation of *contract*."""
    every = contract.operations
    return {name: WORLD[name] if name in WORLD else generated.handler(one) for name, one in every.items()}
