"""What may be told apart among those who receive messages, and how common each kind is."""

from collections.abc import Mapping

# shares of 65,536, in the order in which they are drawn
TRAITS: Mapping[str, Mapping[str, int]] = {
    "age": {"18-24": 9800, "25-34": 19600, "35-44": 15700, "45-54": 10500, "55-64": 6500, "65+": 3436},
    "gender": {"female": 34000, "male": 29500, "unknown": 2036},
    "device": {"android_smartphone": 30000, "iphone": 25000, "desktop": 6500, "android_tablet": 2000, "ipad": 2036},
    "hour": {f"{hour:02}": 900 if hour < 7 else 3485 if hour < 23 else 3476 for hour in range(24)},
    "place": {"0": 26000, "1": 18000, "2": 13000, "3": 8536},  # one of four regions of whichever country
    "button": {"0": 40000, "1": 25536},  # which link button of a message
    "touch": {"1d_click": 36000, "7d_click": 14500, "1d_view": 8500, "28d_click": 6536},  # what led to a conversion
}
# "default = 7d_click + 1d_view": what is counted unless another window is asked for
COUNTED = ("1d_click", "7d_click", "1d_view")
