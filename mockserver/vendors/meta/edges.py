"""The edges of SDK 26.0.3 that this server has not, by the type of the node that has them: refused and named."""

from collections.abc import Mapping

_ADS = frozenset(
    (
        "account_controls ad_place_page_sets ad_place_page_sets_async ad_saved_keywords ad_studies adcloudplayables"
        " adcreativesbylabels adplayables adrules_governed adrules_history adrules_library ads_reporting_mmm_reports"
        " ads_reporting_mmm_schedulers ads_volume adsbylabels adsetsbylabels advertisable_applications affectedadsets"
        " agencies applications assigned_users async_batch_requests async_requests asyncadcreatives asyncadrequests"
        " asyncadrequestsets audience_funnel block_list_drafts brand_safety_content_filter_levels"
        " broadtargetingcategories budget_schedules businessprojects campaignsbylabels connected_instagram_accounts"
        " connected_instagram_accounts_with_iabp conversion_goals copies customaudiencestos delivery_estimate"
        " deprecatedtargetingadsets dsa_recommendations generatepreviews impacting_ad_studies instagram_accounts"
        " ios_fourteen_campaign_limits matched_search_applications max_bid mcmeconversions message_campaign"
        " message_delivery_estimate messages minimum_budgets onbehalf_requests previews product_audiences"
        " publisher_block_lists reachestimate reachfrequencypredictions recommendations saved_audiences"
        " subscribed_apps targetingbrowse targetingsearch targetingsentencelines targetingsuggestions"
        " targetingvalidation tracking users usersofanyaudience value_rule_set value_rule_set_translation video_ads"
    ).split()
)
UNSERVED: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("AdAccount", "Campaign", "AdSet", "Ad"), _ADS),
    "AdCreative": frozenset({"adlabels", "creative_insights", "previews"}),
    "AdsPixel": frozenset(
        (
            "adaccounts agencies assigned_users da_checks offline_event_uploads openbridge_configurations"
            " shared_accounts shared_agencies stats"
        ).split()
    ),
    "Page": frozenset(
        (
            "ab_tests ads_eligibility ads_posts agencies albums ar_experience assigned_users blocked businessprojects"
            " call_to_actions canvas_elements canvases chat_plugin commerce_merchant_settings commerce_orders"
            " commerce_payouts commerce_transactions conversations crosspost_whitelisted_pages"
            " ctx_optimization_eligibility custom_labels custom_user_settings dataset events fantasy_games feed"
            " global_brand_children image_copyrights indexed_videos insights instagram_accounts leadgen_forms likes"
            " live_videos locations media_fingerprints message_templates messaging_feature_review"
            " messenger_call_permissions messenger_call_settings messenger_lead_forms messenger_profile"
            " notification_message_tokens page_backed_instagram_accounts personas photos picture posts product_catalogs"
            " published_posts ratings roles rtb_dynamic_posts scheduled_posts settings shop_setup_status"
            " space_participants store_locations stories subscribed_apps tabs tagged thread_owner threads"
            " video_copyright_rules video_lists video_reels videos visitor_posts welcome_message_flows"
        ).split()
    ),
    "User": frozenset(
        (
            "access_tokens ad_studies albums applications apprequestformerrecipients apprequests"
            " assigned_ad_accounts assigned_applications assigned_business_asset_groups assigned_instagram_accounts"
            " assigned_pages assigned_product_catalogs assigned_whatsapp_business_accounts"
            " conversations custom_labels events feed friends fundraisers groups ids_for_apps ids_for_business"
            " ids_for_pages likes live_videos messenger_desktop_performance_traces messenger_kids_accounts_unread_badge"
            " music notifications payment_transactions permissions personal_ad_accounts photos picture posts"
            " rich_media_documents staging_resources videos"
        ).split()
    ),
}
