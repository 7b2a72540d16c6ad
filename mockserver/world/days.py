"""What is counted of a message campaign: counts that nest by construction, and where they are not counted."""

from typing import NamedTuple

# "This metric doesn't include messages delivered to Europe and Japan."
# — Meta, Measure Campaign Performance on Marketing Message API for Messenger
EUROPE = frozenset(
    "AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT"
    " NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK".split()
)
UNCOUNTED = EUROPE | {"JP"}
# "This metric doesn't include messages sent to Europe, Argentina, Turkey, South Korea and Japan." — same page
UNCLICKED = UNCOUNTED | {"AR", "TR", "KR"}


class Totals(NamedTuple):
    """Counts of any span of days; *spend* and *purchase_value* are in hundredths of the account's currency."""

    sent: int = 0
    impressions: int = 0
    reach: int = 0
    delivered: int = 0
    read: int = 0
    media_view: int = 0
    link_btn_click: int = 0
    quick_reply_btn_click: int = 0
    phone_call_btn_click: int = 0
    spend: int = 0
    view_content: int = 0
    search: int = 0
    add_to_wishlist: int = 0
    add_to_cart: int = 0
    initiate_checkout: int = 0
    add_payment_info: int = 0
    purchase: int = 0
    lead: int = 0
    complete_registration: int = 0
    custom: int = 0
    purchase_value: int = 0


NOTHING = Totals()
CONVERTED = Totals._fields.index("view_content")  # from here on the fields count what happens after a click
