"""What stands before an answer: throttle and paging."""
