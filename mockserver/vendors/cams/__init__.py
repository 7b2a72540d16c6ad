"""The Alibaba Cloud CAMS dialect: signatures, RPC parameters, gateway errors."""
