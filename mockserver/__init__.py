"""Local mock server for marketing-message insights: Meta's Graph API and Alibaba Cloud CAMS, told from one world."""
