"""Vendors that are faulty on purpose: the power of the contract-test kit is measured against them."""
