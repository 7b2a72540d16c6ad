"""What campaigns and buttons say in a few languages; every other language speaks English."""

from dataclasses import dataclass

KEPT_REGIONS = frozenset(["en_GB", "en_US", "es_AR", "es_ES", "es_MX", "pt_BR", "pt_PT", "zh_CN", "zh_TW"])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: what a campaign is about, and the texts of buttons."""

    occasions: tuple[str, ...]
    replies: tuple[str, ...]
    url: str
    phone: str


ENGLISH = Words(
    ("Spring sale", "Summer sale", "New arrivals", "Weekend offer"),
    ("Tell me more", "Not interested"),
    "Shop now",
    "Call us",
)
WORDS = {
    "ar": Words(
        ("تخفيضات الربيع", "وصل حديثا", "عرض نهاية الأسبوع"), ("أخبرني المزيد", "غير مهتم"), "تسوق الآن", "اتصل بنا"
    ),
    "de": Words(
        ("Frühlingsangebot", "Sommerschlussverkauf", "Neuheiten"),
        ("Mehr erfahren", "Kein Interesse"),
        "Jetzt einkaufen",
        "Anrufen",
    ),
    "es": Words(
        ("Rebajas de primavera", "Novedades", "Oferta de fin de semana"),
        ("Cuéntame más", "No me interesa"),
        "Comprar ahora",
        "Llámanos",
    ),
    "fr": Words(
        ("Soldes de printemps", "Nouveautés", "Offre du week-end"),
        ("En savoir plus", "Pas intéressé"),
        "Acheter",
        "Appelez-nous",
    ),
    "hi": Words(("वसंत सेल", "नए उत्पाद", "सप्ताहांत ऑफ़र"), ("और बताएं", "रुचि नहीं है"), "अभी खरीदें", "हमें कॉल करें"),
    "id": Words(
        ("Promo musim semi", "Produk baru", "Promo akhir pekan"),
        ("Info selengkapnya", "Tidak tertarik"),
        "Beli sekarang",
        "Hubungi kami",
    ),
    "it": Words(
        ("Saldi di primavera", "Novità", "Offerta del weekend"),
        ("Dimmi di più", "Non mi interessa"),
        "Acquista ora",
        "Chiamaci",
    ),
    "ja": Words(("春のセール", "夏のセール", "新着商品"), ("詳しく知りたい", "興味がない"), "今すぐ購入", "電話する"),
    "ko": Words(("봄 세일", "여름 세일", "신상품 안내"), ("자세히 알아보기", "관심 없음"), "지금 구매하기", "전화하기"),
    "pt": Words(
        ("Promoção de primavera", "Novidades", "Oferta de fim de semana"),
        ("Saiba mais", "Não tenho interesse"),
        "Comprar agora",
        "Ligue para nós",
    ),
    "ru": Words(
        ("Весенняя распродажа", "Новинки", "Предложение выходного дня"),
        ("Узнать больше", "Неинтересно"),
        "Купить сейчас",
        "Позвонить",
    ),
    "th": Words(("ลดราคาฤดูร้อน", "สินค้ามาใหม่", "ข้อเสนอสุดสัปดาห์"), ("ขอข้อมูลเพิ่มเติม", "ไม่สนใจ"), "ซื้อเลย", "โทรหาเรา"),
    "tr": Words(
        ("Bahar indirimi", "Yeni gelenler", "Hafta sonu fırsatı"),
        ("Daha fazla bilgi", "İlgilenmiyorum"),
        "Alışverişe başla",
        "Bizi arayın",
    ),
    "zh": Words(("春季特卖", "夏日优惠", "新品上市"), ("了解更多", "不感兴趣"), "立即购买", "致电我们"),
}


def language_of(locale: str) -> str:
    """The template language of a Faker *locale*; the region stays where WhatsApp tells the regions apart."""
    return locale if locale in KEPT_REGIONS else locale.partition("_")[0]


def words(locale: str) -> Words:
    """The words of the language of *locale*."""
    return WORDS.get(locale.partition("_")[0], ENGLISH)
