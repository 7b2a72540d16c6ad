"""facebook-ads-reports: reports.py <ad account> <first day> <last day> prints the rows of each report, as JSON."""

import contextlib
import json
import sys
from datetime import date

from facebook_ads_reports import APIError, MetaAdsReport, MetaAdsReportModel

account, *span = sys.argv[1:]
client = MetaAdsReport({"access_token": "EAAtok"})
loaded = {}
with contextlib.redirect_stdout(sys.stderr):
    for name, model in MetaAdsReportModel.get_all_reports().items():
        try:
            loaded[name] = client.get_report(account, model, *map(date.fromisoformat, span), limit=100)
        except APIError as error:
            loaded[name] = str(error)
json.dump(loaded, sys.stdout)
