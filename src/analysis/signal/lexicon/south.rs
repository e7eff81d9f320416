//! Turkish, Arabic, Hindi.

use super::Concept::*;
use super::Words;

pub const TURKISH: Words = &[
    (Deed, "sil|silin|havale|onayla|yükle|iade et|öde"),
    (
        About,
        "dolandırıcı*|oltalama|saldırı*|kötü amaçlı|tespit*|örnek*",
    ),
    (SameServer, "aynı sunucu*|bu sunucu*"),
    (This, "bu arac*|bu araç*"),
    (Before, "önce|öncesinde|önceden|evvel"),
    (
        When,
        "her seferinde|her zaman|olduğunda|kullanıldığında|çağrıldığında|her|zaman|tüm istek*|ken|sonra|\
         gönderirken|kullanırken|eğer",
    ),
    (
        Must,
        "mutlaka|zorunlu*|her zaman|daima|gerek*|kesinlikle|şart*|lazım|malısın|melisin|zorunda*|şarttır|\
         gerekir|zorundasın",
    ),
    (First, "ilk|öncelikle|ilk olarak|ilk önce"),
    (
        Call,
        "çağır*|kullan*|çalıştır*|çağr*|yürüt*|uygula*|başlat*|çağrılmadan|çalıştırılması|kullanmadan|\
         kullanıldı*",
    ),
    (
        Read,
        "oku|okuy*|okuma*|aç|açıp|eriş*|al|yükle*|getir*|kopyala*",
    ),
    (
        Pass,
        "gönder*|ilet*|ekle*|aktar*|yaz|yazın|yaz*|dahil et*|yapıştır*|koy*|geçir*|paylaş*",
    ),
    (
        Change,
        "değiştir*|yerine koy*|yönlendir*|güncelle*|üzerine yaz*|değiştirip|değiştirerek|koyun",
    ),
    (Add, "ekle*|gizli kopya|ilave et*"),
    (
        Tell,
        "söyle*|bahset*|bildir*|haber ver*|açıkla*|belirt*|anlat*|uyar*|haberdar et*|duyur*|bilgi ver*|\
         bilgilendir*|değin*|bahsed*",
    ),
    (
        Hush,
        "söyleme|söylemeyin|bahsetme|bahsetmeyin|bildirme|haber verme|haberi olmadan|gizli tut*|gösterme|\
         belirtme|haber vermeden|söylemeden|bahsetmeden|bilmesine gerek yok|ağzından kaçırma*|haber etme*|\
         haberdar etme*|bilgi verme*|bilgilendirme*|yanıtta yer verme*|yanıta ekleme*|cevaba ekleme*|\
         cevapta geçmesin|sessiz kal|duyurma*|değinme*|gizli kalsın|gizli kalmalı|bilmesine gerek|\
         fark ettirme*|kimse bilme*|kimseye söyleme*|kimseye bahsetme*|kimse duyma*|kimsenin haberi|\
         haberi olmamalı|haberdar olmamalı|bilgisi olmamalı|duymamalı|öğrenmemeli",
    ),
    (NotAfter, "değil|sakın|asla|kesinlikle"),
    (User, "kullanıcı*"),
    (
        Ignore,
        "yok say*|görmezden gel*|unut*|dikkate alma*|göz ardı et*|atla|devre dışı bırak*|uyma",
    ),
    (
        Prior,
        "önceki|tüm|bütün|yukarıdaki|daha önceki|her türlü|eski|şimdiye kadar|verilen|bugüne kadar|eskiden|\
         ilk",
    ),
    (
        Rules,
        "talimat*|kural*|yönerge*|kısıtlama*|güvenlik|sınırlama*|politika*|komut*",
    ),
    (
        Secret,
        "parola*|şifre*|özel anahtar*|anahtar*|kimlik bilgi*|gizli|kart numara*|belirteç*",
    ),
    (
        Conversation,
        "konuşma geçmişi*|sohbet geçmişi*|konuşma*|sohbet*|son mesaj*|beş mesaj*|mesajını|sistem istemi*|\
         araç listesi*",
    ),
    (
        Secretly,
        "sessizce|gizlice|fark ettirmeden|arka planda|çaktırmadan",
    ),
    (
        Standing,
        "bundan sonra|artık|bundan böyle|şu andan itibaren|bu andan itibaren|oturum boyunca",
    ),
    (Instead, "yerine|bunun yerine|artık kullanılm*"),
    (
        Threat,
        "aksi halde|aksi hâlde|aksi takdirde|yoksa|çalışmaz|başarısız ol*|dönmez|reddedil*|atlanırsa",
    ),
    (Param, "parametre*|argüman*|alan*|değer*"),
    (
        Recipient,
        "alıcı*|hesap numara*|adres*|iban|ödeme*|havale*|hesaba|hesabına",
    ),
    (Pretext, "güvenlik|denetim*|doğrulama*|önemli|uyumluluk"),
    (
        Priority,
        "ne olursa olsun|bakılmaksızın|öncelikli*|istese bile",
    ),
    (
        NoConsent,
        "sormadan|onay almadan|izin istemeden|onaysız|hemen|derhal|izin almadan|onay beklemeden",
    ),
    (Content, "içeriğini|içeriği*|metni*|içerik*"),
    (File, "dosya*|klasör*"),
    (Show, "göster*|gösterme"),
    (
        Hush,
        "söz etme*|sözünü etme*|haberi olmasın|bilmesin|bilmemeli|duymasın|öğrenmesin|fark etmesin|\
         fark etmemeli|aramızda kalsın|aramızda kal*|tek kelime|gizle*|sakla*|sır olarak|ağzını açma|\
         hiçbir şey söyleme|belli etme*|çaktırma*|anlatma*|kullanıcıdan gizle*|hissettirme*|bilmesi gerekmez|\
         bilmesi gerekmiyor|paylaşma",
    ),
    (
        Ignore,
        "bir kenara bırak*|boş ver*|uymayı bırak|dinleme|geçersiz say*|hiçe say*",
    ),
    (Rules, "emir*|buyruk*|yasak*|ilke*"),
    (
        Void,
        "artık geçerli değil|geçersiz*|geçerliliğini yitir*|yürürlükten kalk*|iptal edil*|hükümsüz*|\
         geçerli değil|kaldırıldı|hükmü yok|geçersizdir|geçerliliği kalma*",
    ),
    (
        Solely,
        "yalnızca bu|sadece bu|yalnız bu|yalnızca burada|sadece burada|yalnızca bu açıklama*|\
         sadece bu açıklama*|yalnız buradaki|buradaki dışında",
    ),
    (Regardless, "ne derse desin|ne olursa|fark etmez|hangi"),
    (
        Bear,
        "ile bitmeli|ile başlamalı|ifadesini|cümlesini|metnini",
    ),
    (
        Whole,
        "tamamını|tümünü|eksiksiz|kelimesi kelimesine|bütününü",
    ),
    (Insides, "sistem istemi*|model adı*|araç listesi*"),
    (
        Loot,
        "ortam değişken*|anahtar zinciri*|kayıtlı parola*|ssh anahtar*|kurtarma ifade*",
    ),
    (Inner, "kimliğ*|kimlikleri|id|iç|json|dahili"),
    (Recipient, "hesabını|hesabı|hesap"),
    (Personal, "ev adres*|telefon numara*|pasaport*|doğum tarih*"),
    (You, "sana|size|senin|verilen"),
];

pub const ARABIC: Words = &[
    (Deed, "احذف|ادفع"),
    (About, "احتيال|تصيد|هجوم|ضار|كشف|اكتشاف|أمثلة|مثال|يكشف"),
    (SameServer, "الخادم نفسه|نفس الخادم|هذا الخادم"),
    (This, "هذه الأداة"),
    (Before, "قبل|قبل أن"),
    (
        When,
        "عند|كلما|في كل مرة|عندما|حين|كل مرة|جميع الطلبات|إذا|بعد",
    ),
    (
        Must,
        "يجب|دائما|دائمًا|إلزامي|لا بد|عليك|ضروري|من الضروري|يلزم|حتما|يتعين|احرص",
    ),
    (First, "أولا|أولًا|أولاً|مسبقا|مسبقًا|في البداية"),
    (
        Call,
        "استدع|استدعاء|استخدم|استخدام|شغل|شغّل|تشغيل|نفذ|نفّذ|تنفيذ|تستخدم|تستدع",
    ),
    (Read, "اقرأ|قراءة|تقرأ|افتح|فتح|احصل|استخرج|حمّل|اقرا|انسخ"),
    (
        Pass,
        "مرر|مرّر|تمرير|أرسل|ارسل|إرسال|ضمّن|ضمن|أضف|أدرج|أرفق|انقل|ضع|اكتب|انشر|ارفع|مرره|أرسله|ألصق|انسخ|\
         الصق|أدخل|وأرسله",
    ),
    (
        Change,
        "غيّر|غير|تغيير|استبدل|عدّل|عدل|تعديل|حوّل|وجه|وجّه|بدّل|بدل|ضع بدلا",
    ),
    (Add, "أضف|إضافة|أرفق|نسخة مخفية|ألحق"),
    (
        Tell,
        "تخبر|إخبار|تذكر|ذكر|تبلغ|تُبلغ|إبلاغ|تكشف|تشر|تُشر|إعلام|تعلم|تُعلم|تفصح|تنبه",
    ),
    (Dont, "دون|بدون|من غير|إياك|تجنب|ولا|أبدا| لا |لا ت|ألا "),
    (
        Hush,
        "دون علم|سرا|سرًا|سرّ|لا تخبر|لا تذكر|دون إخبار|دون إبلاغ|لا تُخبر|لا تقل لأحد|لا تخبر أحدا|لا تُعلم|\
         لا داعي لذكر|لا داعي لإخبار|لا حاجة لإخبار|لا حاجة إلى إخبار|بلا إخبار|من غير علم|من غير إخبار|\
         ابق صامتا|التزم الصمت|لا تفش|تكتم|لا تلمح|لا تضمن ذلك في الرد|لا تذكره|لا أحد يعلم|لا يعلم أحد|\
         لا تخبر أحد|لا ينبغي أن يعلم|ولا ينبغي أن يعرف|يجب ألا يعرف|يجب ألا يعلم|ألا يعرف المستخدم|\
         ألا يعلم المستخدم",
    ),
    (User, "المستخدم|مستخدم|المستعمل"),
    (Ignore, "تجاهل|انس |انسَ|تخط|تجاوز|أهمل|لا تلتزم"),
    (
        Prior,
        "السابقة|السابق|جميع|كل |كافة|أعلاه|أي |أعطيت لك|من قبل|سابقا|حتى الآن|الأولى|القديمة|تلقيتها",
    ),
    (
        Rules,
        "التعليمات|تعليمات|القواعد|قواعد|الأوامر|القيود|قيود|السلامة|الأمان|توجيهات|إرشادات|ضوابط|السياسات",
    ),
    (
        Secret,
        "كلمة المرور|كلمة مرور|كلمات مرور|كلمات المرور|المفتاح الخاص|مفتاح|مفاتيح|بيانات الاعتماد|رمز|السرية|\
         سري|رقم البطاقة|جهات الاتصال",
    ),
    (
        Conversation,
        "سجل المحادثة|المحادثة|الرسائل السابقة|قائمة الأدوات|الدردشة|آخر رسائل|موجه النظام",
    ),
    (Secretly, "بصمت|سرا|سرًا|خفية|في الخلفية|بهدوء"),
    (
        Standing,
        "من الآن فصاعدا|من الآن فصاعدًا|من الآن|ابتداء من الآن|منذ الآن|طوال الجلسة|بعد الآن|من اليوم|\
         ابتداء من اليوم|اعتبارا من اليوم",
    ),
    (Instead, "بدلا|بدلًا|بدل |عوضا|لم يعد|لم تعد"),
    (
        Threat,
        "وإلا|خلاف ذلك|ستفشل|سيفشل|لن تعمل|لن يعمل|سيرفض|سيُرفض|يتعطل",
    ),
    (
        Param,
        "المعامل|معامل|الحقل|حقل|الوسيط|وسيط|معلمة|المعلمة|قيمة|القيمة",
    ),
    (
        Recipient,
        "المستلم|المرسل إليه|رقم الحساب|الحساب|عنوان|المستفيد|حساب|المدفوعات|التحويلات|الدفعات|الفواتير",
    ),
    (Pretext, "الأمان|التدقيق|التحقق|مهم|هام|الامتثال|الأمن"),
    (Priority, "بغض النظر|حتى لو|أولوية|مهما"),
    (
        NoConsent,
        "دون إذن|دون موافقة|دون طلب|دون سؤال|فورا|فورًا|دون تأكيد|لا تطلب|دون الرجوع",
    ),
    (Content, "محتوى|محتوا|المحتوى|نص |محتويات"),
    (File, "الملف|ملف|المجلد"),
    (Show, "تظهر|تُظهر|تعرض"),
    (
        Hush,
        "لا داعي لأن يعرف|لا حاجة لأن يعلم|لا يجب أن يعرف|لا ينبغي أن يعرف|لا يعلم|دون أن يعلم|دون أن يعرف|\
         دون أن يلاحظ|دون أن يدري|اكتم|أخف|إخفاء|بيننا|لا تذكر ذلك|لا تقل|لا تفصح|لا تتحدث|لا تكشف|لا تبلغ|\
         لا تشر|لا تُشر|أبق الأمر سرا|أبقِ|ولا كلمة|من وراء|لا تنبه|لا تعلم المستخدم",
    ),
    (Ignore, "اترك|ألغ|اطرح|لا تتبع|لا تعمل ب|لا تلتفت|دع عنك"),
    (Rules, "الإرشادات|الضوابط|الشروط|ما قيل لك|التوجيهات|أوامر"),
    (
        Void,
        "لم تعد سارية|لم تعد صالحة|لاغية|ملغاة|باطلة|انتهت صلاحية|لم تعد قائمة|لا تسري|ألغيت|ملغى|منسوخة|\
         منتهية|لاغ|لم تعد ملزمة",
    ),
    (
        Solely,
        "فقط بهذا|فقط هذا|هذا الوصف فقط|بما هو مكتوب هنا|هذا النص فقط|التزم فقط|اتبع فقط|هنا فقط|حصرا|\
         والتزم فقط|واتبع فقط|هذا فقط|المكتوب هنا|ما هو مكتوب هنا",
    ),
    (Regardless, "مهما كان|بصرف النظر|أيا كان|أيًا كان|مهما"),
    (Bear, "تنتهي ب|تبدأ ب|تتضمن عبارة|عبارة|جملة"),
    (Whole, "كامل|بالكامل|كاملة|حرفيا|حرفيًا|كلها"),
    (Insides, "موجه النظام|اسم النموذج|قائمة أدواتك"),
    (
        Loot,
        "متغيرات البيئة|سلسلة المفاتيح|كلمات المرور المحفوظة|مفتاح ssh|مفاتيح ssh",
    ),
    (Inner, "المعرف|معرف|معرّف|الداخلية|داخلية|json"),
    (Recipient, "حساب|الحساب|رقم"),
    (Personal, "عنوان المنزل|رقم الهاتف|جواز السفر|تاريخ الميلاد"),
    (Call, "تشغيل|شغّل|نادِ|باستدعاء|تستدعي|استدعاؤ"),
    (You, "لك|أعطيت|إليك|تلقيت|عليك|لديك"),
];

pub const HINDI: Words = &[
    (About, "धोखाधड़ी|फ़िशिंग|फिशिंग|हमला|दुर्भावना|पहचान|उदाहरण|ठगी"),
    (SameServer, "इसी सर्वर|इस सर्वर|उसी सर्वर"),
    (This, "इस टूल|यह टूल"),
    (Before, "पहले|पूर्व"),
    (When, "जब भी|जब|हर बार|समय|प्रत्येक बार|यदि|बाद|हर"),
    (
        Must,
        "अनिवार्य|ज़रूर|जरूर|हमेशा|अवश्य|आवश्यक|चाहिए|ज़रूरी|जरूरी|सदैव|होगा",
    ),
    (First, "सबसे पहले|पहले|प्रथम"),
    (
        Call,
        "कॉल|उपयोग|इस्तेमाल|चलाएँ|चलाएं|चलाना|चलाओ|प्रयोग|निष्पादित|बुलाएँ|बुलाना|उपयोग हो",
    ),
    (Read, "पढ़|पढ|खोल|प्राप्त|लोड|निकाल|एक्सेस"),
    (
        Pass,
        "भेज|डाल|जोड़|पास कर|शामिल|दें|संलग्न|अपलोड|पोस्ट|लिख|भरें|भर दें|चिपका|लिखें|भरो|डालें|डालो",
    ),
    (
        Change,
        "बदल|प्रतिस्थापित|संशोधित|रीडायरेक्ट|बदलकर|बदल दें|बदल दो|बदलो",
    ),
    (Add, "जोड़|शामिल|bcc"),
    (
        Tell,
        "बता|उल्लेख|ज़िक्र|जिक्र|सूचित|कह|जानकारी दें|सूचना|खबर|ख़बर|अवगत|ज़ाहिर|जाहिर",
    ),
    (NotAfter, "नहीं|बिना| न | मत |मत।"),
    (Dont, "नहीं|बिना| न | मत "),
    (
        Hush,
        "गुप्त रख|न बताएँ|न बताएं|मत बताना|बिना बताए|ज़िक्र न|न बताना|न बतायें|न कहें|न कहो|चुप रह|ज़ाहिर न|\
         जाहिर न|खबर न|ख़बर न|जवाब में न|उत्तर में न|बताये बिना|बताए बिना|अवगत न|जानकारी न|किसी को न बता|\
         किसी को मत बता|किसी को पता|भनक न|कानोंकान",
    ),
    (User, "उपयोगकर्ता|यूज़र|यूजर|प्रयोक्ता|यूज़र्स"),
    (Ignore, "अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल जा|उपेक्षा|अनदेखी"),
    (
        Prior,
        "पिछले|पिछली|सभी|पहले के|पूर्व के|पहले दिए|ऊपर|सारे|सब |अब तक|मिले|दिए गए|शुरुआती|पुराने|पुरानी",
    ),
    (Rules, "निर्देश|नियम|आदेश|प्रतिबंध|सुरक्षा|नीति|सीमा"),
    (
        Secret,
        "पासवर्ड|निजी कुंजी|कुंजी|क्रेडेंशियल|टोकन|गोपनीय|पिन|कार्ड नंबर|संपर्क सूची",
    ),
    (
        Conversation,
        "बातचीत|चैट|संदेश|वार्तालाप|टूल की सूची|सिस्टम प्रॉम्प्ट|मूल संदेश",
    ),
    (Secretly, "चुपचाप|गुप्त रूप|चुपके|पृष्ठभूमि"),
    (Standing, "अब से|आज से|आगे से|इस सत्र|आज के बाद|अब आगे"),
    (Instead, "के बजाय|बजाय|के बदले|की जगह|के स्थान पर"),
    (Threat, "अन्यथा|नहीं तो|वरना|विफल|काम नहीं"),
    (Param, "पैरामीटर|तर्क|फ़ील्ड|फील्ड|आर्ग्युमेंट|मान"),
    (Recipient, "प्राप्तकर्ता|खाता|खाते|पता|राशि|भुगतान|रकम"),
    (Pretext, "सुरक्षा|ऑडिट|सत्यापन|महत्वपूर्ण|जाँच"),
    (Priority, "भले ही|चाहे|प्राथमिकता"),
    (
        NoConsent,
        "बिना पूछे|बिना अनुमति|बिना पुष्टि|तुरंत|अनुमति लिए बिना|न पूछें|अनुमति न",
    ),
    (Content, "सामग्री|पाठ|विषय-वस्तु|कंटेंट"),
    (File, "फ़ाइल|फाइल|फ़ोल्डर"),
    (Show, "दिखा"),
    (
        Hush,
        "मत बता|नहीं बता|न बता|पता न चले|पता नहीं चलना|जानने की ज़रूरत नहीं|जानने की जरूरत नहीं|छिपा|छुपा|\
         हमारे बीच|ज़िक्र मत|जिक्र मत|ज़िक्र नहीं|चर्चा न|चर्चा मत|बिना बताये|भनक|मत कहना|कुछ मत कह|राज़|\
         उल्लेख न|उल्लेख मत|सूचित न|सूचित मत|बताने की ज़रूरत नहीं|बताने की आवश्यकता नहीं",
    ),
    (Ignore, "छोड़ दो|छोड़ दें|भुला|न मानो|न मानें|पालन न|पालन मत|रद्द"),
    (Rules, "हिदायत|नियमों|निर्देशों|पाबंदी|आदेशों"),
    (
        Void,
        "अब लागू नहीं|मान्य नहीं|रद्द|अमान्य|समाप्त हो|निष्प्रभावी|रद्द समझ|खत्म|ख़त्म|बेअसर|निरस्त",
    ),
    (
        Solely,
        "केवल इस|सिर्फ इस|सिर्फ़ इस|केवल यही|सिर्फ यही|केवल यहाँ|केवल इसी|सिर्फ इसी|सिर्फ़ इसी|यहाँ लिखी|\
         यहां लिखी|इसी विवरण|केवल यह|सिर्फ़ यह|सिर्फ यह",
    ),
    (Regardless, "चाहे|कुछ भी|जो भी"),
    (Bear, "वाक्य|पंक्ति|से समाप्त|से शुरू"),
    (Whole, "पूरा|पूरी|पूरे|संपूर्ण|शब्दशः|सारा"),
    (Insides, "सिस्टम प्रॉम्प्ट|मॉडल का नाम|टूल की सूची"),
    (Loot, "पर्यावरण चर|एनवायरनमेंट|सहेजे गए पासवर्ड|ssh कुंजी|निजी कुंजी"),
    (Inner, "आईडी|id|आंतरिक|json"),
    (Call, "बुला|चलाने|चलाए|चलाइए|कॉल"),
    (Pass, "नतीजा|दो |सौंप|प्रति"),
    (Personal, "घर का पता|फ़ोन नंबर|फोन नंबर|पासपोर्ट|जन्मतिथि"),
    (Recipient, "खाते में|खाता संख्या"),
    (You, "आपको|तुम्हें|तुमको|मिले|दिए गए"),
];
