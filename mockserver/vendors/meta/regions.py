"""Four regions for each of the countries to which most messages go, as Graph names them."""

from collections.abc import Mapping

_REGIONS: Mapping[str, tuple[str, str, str, str]] = {
    "AE": ("Dubai", "Abu Dhabi", "Emirate of Sharjah", "Ajman"),
    "AR": ("Buenos Aires Province", "Córdoba Province", "Santa Fe Province", "Mendoza Province"),
    "AU": ("New South Wales", "Victoria", "Queensland", "Western Australia"),
    "BR": ("São Paulo (state)", "Rio de Janeiro (state)", "Minas Gerais", "Bahia"),
    "CA": ("Ontario", "Quebec", "British Columbia", "Alberta"),
    "CL": ("Santiago Metropolitan Region", "Valparaíso Region", "Biobío Region", "Maule Region"),
    "CO": ("Bogotá", "Antioquia", "Valle del Cauca", "Atlántico"),
    "DE": ("Nordrhein-Westfalen", "Bayern", "Baden-Württemberg", "Berlin"),
    "ES": ("Comunidad de Madrid", "Cataluña", "Andalucía", "Comunidad Valenciana"),
    "FR": ("Île-de-France", "Auvergne-Rhône-Alpes", "Occitanie", "Nouvelle-Aquitaine"),
    "GB": ("England", "Scotland", "Wales", "Northern Ireland"),
    "ID": ("Jakarta", "West Java", "East Java", "Banten"),
    "IN": ("Maharashtra", "Karnataka", "Delhi", "Tamil Nadu"),
    "IT": ("Lombardia", "Lazio", "Campania", "Veneto"),
    "JP": ("Tokyo", "Osaka Prefecture", "Kanagawa Prefecture", "Aichi Prefecture"),
    "KR": ("Seoul", "Gyeonggi-do", "Busan", "Incheon"),
    "MX": ("Mexico City", "Jalisco", "Nuevo León", "State of Mexico"),
    "MY": ("Selangor", "Kuala Lumpur", "Johor", "Penang"),
    "NL": ("Noord-Holland", "Zuid-Holland", "Noord-Brabant", "Utrecht"),
    "PH": ("Metro Manila", "Calabarzon", "Central Luzon", "Central Visayas"),
    "PL": ("Masovian Voivodeship", "Silesian Voivodeship", "Lesser Poland Voivodeship", "Greater Poland Voivodeship"),
    "SA": ("Riyadh Region", "Makkah Region", "Eastern Province", "Al Madinah Region"),
    "SG": ("Singapore", "Singapore", "Singapore", "Singapore"),
    "TH": ("Bangkok", "Chon Buri", "Chiang Mai", "Nonthaburi"),
    "TR": ("Istanbul", "Ankara", "Izmir", "Bursa"),
    "US": ("California", "Texas", "Florida", "New York"),
    "ZA": ("Gauteng", "Western Cape", "KwaZulu-Natal", "Eastern Cape"),
}
_UNKNOWN = ("Unknown",) * 4


def region(country: str, place: str) -> str:
    """The name of one of the four regions of *country*; several places may lie in one region."""
    return _REGIONS.get(country, _UNKNOWN)[int(place)]
