"""facebook-ads-reports: reports.py <ad account> <first day> <last day> prints the rows of each report, as JSON."""

import contextlib
import json
import sys
from datetime import date

from facebook_ads_reports import MetaAdsReport, MetaAdsReportModel

account, first, last = sys.argv[1:]
client = MetaAdsReport({"access_token": "EAAtok", "app_id": "999", "app_secret": "s3cr3t"})
loaded = {}
with contextlib.redirect_stdout(sys.stderr):
    for name, model in MetaAdsReportModel.get_all_reports().items():
        span = date.fromisoformat(first), date.fromisoformat(last)
        loaded[name] = client.get_report(account, model, *span, limit=10)
json.dump(loaded, sys.stdout)
