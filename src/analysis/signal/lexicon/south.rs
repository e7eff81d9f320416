//! Turkish, Arabic, Hindi, Indonesian, Vietnamese.

use super::Concept::*;
use super::Words;

pub const TURKISH: Words = &[
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
        "mutlaka|zorunlu*|her zaman|daima|gerek*|kesinlikle|şart*|lazım|malısın|melisin|zorunda*",
    ),
    (First, "ilk|öncelikle|ilk olarak|ilk önce"),
    (
        Call,
        "çağır*|kullan*|çalıştır*|çağr*|yürüt*|uygula*|başlat*",
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
        "değiştir*|yerine koy*|yönlendir*|güncelle*|üzerine yaz*",
    ),
    (Add, "ekle*|gizli kopya|ilave et*"),
    (
        Tell,
        "söyle*|bahset*|bildir*|haber ver*|göster*|açıkla*|belirt*|anlat*|uyar*",
    ),
    (
        Hush,
        "söyleme|söylemeyin|bahsetme|bahsetmeyin|bildirme|haber verme|haberi olmadan|gizli tut*|gösterme|\
         belirtme|haber vermeden|söylemeden|bahsetmeden|bilmesine gerek yok",
    ),
    (NotAfter, "değil|sakın|asla|kesinlikle"),
    (User, "kullanıcı*"),
    (
        Ignore,
        "yok say*|görmezden gel*|unut*|dikkate alma*|göz ardı et*|atla|devre dışı bırak*|uyma",
    ),
    (
        Prior,
        "önceki|tüm|bütün|yukarıdaki|daha önceki|her türlü|eski",
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
    (Recipient, "alıcı*|hesap numara*|adres*|iban"),
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
];

pub const ARABIC: Words = &[
    (About, "احتيال|تصيد|هجوم|ضار|كشف|اكتشاف|أمثلة|مثال|يكشف"),
    (SameServer, "الخادم نفسه|نفس الخادم|هذا الخادم"),
    (This, "هذه الأداة"),
    (Before, "قبل"),
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
        "مرر|مرّر|تمرير|أرسل|ارسل|إرسال|ضمّن|ضمن|أضف|أدرج|أرفق|انقل|ضع|اكتب|انشر|ارفع|مرره|أرسله",
    ),
    (
        Change,
        "غيّر|غير|تغيير|استبدل|عدّل|عدل|تعديل|حوّل|وجه|وجّه|بدّل|بدل",
    ),
    (Add, "أضف|إضافة|أرفق|نسخة مخفية|ألحق"),
    (
        Tell,
        "تخبر|إخبار|تذكر|ذكر|تبلغ|تُبلغ|إبلاغ|تكشف|تظهر|تُظهر|تشر|تُشر|إعلام|تعلم|تُعلم|تعرض|تفصح|تنبه",
    ),
    (Dont, "لا|دون|بدون|من غير|إياك|تجنب|ولا|أبدا"),
    (
        Hush,
        "دون علم|سرا|سرًا|سرّ|لا تخبر|لا تذكر|دون إخبار|دون إبلاغ|لا تُخبر",
    ),
    (User, "المستخدم|مستخدم|المستعمل"),
    (Ignore, "تجاهل|انس |انسَ|تخط|تجاوز|أهمل|لا تلتزم"),
    (Prior, "السابقة|السابق|جميع|كل |كافة|أعلاه|أي "),
    (
        Rules,
        "التعليمات|تعليمات|القواعد|قواعد|الأوامر|القيود|قيود|السلامة|الأمان|توجيهات|إرشادات|ضوابط|\
         السياسات",
    ),
    (
        Secret,
        "كلمة المرور|كلمة مرور|كلمات مرور|كلمات المرور|المفتاح الخاص|مفتاح|مفاتيح|بيانات الاعتماد|رمز|السرية|سري|رقم البطاقة|\
         جهات الاتصال",
    ),
    (
        Conversation,
        "سجل المحادثة|المحادثة|الرسائل السابقة|قائمة الأدوات|الدردشة|آخر رسائل|موجه النظام",
    ),
    (Secretly, "بصمت|سرا|سرًا|خفية|في الخلفية|بهدوء"),
    (
        Standing,
        "من الآن فصاعدا|من الآن فصاعدًا|من الآن|ابتداء من الآن|منذ الآن|طوال الجلسة|بعد الآن",
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
        "المستلم|المرسل إليه|رقم الحساب|الحساب|عنوان|المستفيد|حساب",
    ),
    (Pretext, "الأمان|التدقيق|التحقق|مهم|هام|الامتثال|الأمن"),
    (Priority, "بغض النظر|حتى لو|أولوية|مهما"),
    (
        NoConsent,
        "دون إذن|دون موافقة|دون طلب|دون سؤال|فورا|فورًا|دون تأكيد|لا تطلب|دون الرجوع",
    ),
    (Content, "محتوى|محتوا|المحتوى|نص |محتويات"),
    (File, "الملف|ملف|المجلد"),
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
    (Call, "कॉल|उपयोग|इस्तेमाल|चलाएँ|चलाएं|चलाना|चलाओ|प्रयोग|निष्पादित"),
    (Read, "पढ़|पढ|खोल|प्राप्त|लोड|निकाल|एक्सेस"),
    (
        Pass,
        "भेज|डाल|जोड़|पास कर|शामिल|दें|संलग्न|अपलोड|पोस्ट|लिख|भरें|भर दें",
    ),
    (Change, "बदल|प्रतिस्थापित|संशोधित|रीडायरेक्ट"),
    (Add, "जोड़|शामिल|bcc"),
    (Tell, "बता|उल्लेख|ज़िक्र|जिक्र|सूचित|दिखा|कह|जानकारी दें|सूचना"),
    (NotAfter, "न |नहीं|मत|बिना"),
    (Dont, "न |नहीं|मत |बिना"),
    (
        Hush,
        "गुप्त रख|न बताएँ|न बताएं|मत बताना|बिना बताए|ज़िक्र न|न बताना|न बतायें",
    ),
    (User, "उपयोगकर्ता|यूज़र|यूजर|प्रयोक्ता|यूज़र्स"),
    (Ignore, "अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल जा|उपेक्षा|अनदेखी"),
    (Prior, "पिछले|पिछली|सभी|पहले के|पूर्व के|पहले दिए|ऊपर|सारे|सब "),
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
    (Standing, "अब से|आज से|आगे से|इस सत्र"),
    (Instead, "के बजाय|बजाय|के बदले|की जगह|के स्थान पर"),
    (Threat, "अन्यथा|नहीं तो|वरना|विफल|काम नहीं"),
    (Param, "पैरामीटर|तर्क|फ़ील्ड|फील्ड|आर्ग्युमेंट|मान"),
    (Recipient, "प्राप्तकर्ता|खाता|खाते|पता|राशि"),
    (Pretext, "सुरक्षा|ऑडिट|सत्यापन|महत्वपूर्ण|जाँच"),
    (Priority, "भले ही|चाहे|प्राथमिकता"),
    (
        NoConsent,
        "बिना पूछे|बिना अनुमति|बिना पुष्टि|तुरंत|अनुमति लिए बिना|न पूछें|अनुमति न",
    ),
    (Content, "सामग्री|पाठ|विषय-वस्तु|कंटेंट"),
    (File, "फ़ाइल|फाइल|फ़ोल्डर"),
];

pub const INDONESIAN: Words = &[
    (
        About,
        "penipu*|phishing|serangan|berbahaya|mendeteksi|deteksi|contoh",
    ),
    (SameServer, "server yang sama|server ini"),
    (This, "alat ini"),
    (Before, "sebelum|sebelumnya"),
    (
        When,
        "ketika|setiap kali|setiap|saat|bila|jika|apabila|semua permintaan|setelah",
    ),
    (
        Must,
        "harus|wajib|selalu|perlu|pastikan|mesti|diwajibkan|diharuskan",
    ),
    (First, "terlebih dahulu|dahulu|pertama|lebih dulu|dulu"),
    (
        Call,
        "panggil*|memanggil*|gunakan|menggunakan|digunakan|jalankan|menjalankan|memakai|pakai|eksekusi|\
         dipanggil",
    ),
    (
        Read,
        "baca*|membaca*|buka|membuka|ambil|mengambil|akses|muat|salin",
    ),
    (
        Pass,
        "kirim*|mengirim*|sertakan|masukkan|teruskan|lampirkan|unggah|isi|isikan|tambahkan|tulis|\
         cantumkan|meneruskan",
    ),
    (
        Change,
        "ubah*|mengubah*|ganti*|mengganti*|alihkan|timpa|tukar|setel",
    ),
    (Add, "tambah*|menambah*|sertakan|lampirkan|sisipkan"),
    (
        Tell,
        "beri tahu*|beritahu*|memberi tahu*|memberitahu*|sebut*|menyebut*|ungkap*|tampilkan|laporkan|\
         tunjukkan|memperlihatkan|jelaskan|kabari",
    ),
    (
        Dont,
        "jangan|tanpa|tidak|jangan pernah|tidak boleh|dilarang|tak",
    ),
    (
        Hush,
        "tanpa sepengetahuan|rahasiakan|jangan beri tahu|jangan sebut*|tanpa memberi tahu|\
         tidak perlu tahu|diam-diam",
    ),
    (User, "pengguna*|pemakai"),
    (
        Ignore,
        "abaikan|mengabaikan|lupakan|lewati|hiraukan|kesampingkan",
    ),
    (Prior, "sebelumnya|semua|seluruh|di atas|segala|apa pun"),
    (
        Rules,
        "instruksi|aturan|perintah|pedoman|batasan|kebijakan|keamanan|arahan|petunjuk",
    ),
    (
        Secret,
        "kata sandi|sandi|kunci privat|kunci|kredensial|token|rahasia|nomor kartu|kontak",
    ),
    (
        Conversation,
        "riwayat percakapan|percakapan|riwayat obrolan|obrolan|pesan sebelumnya|daftar alat|\
         pesan terakhir",
    ),
    (
        Secretly,
        "diam-diam|secara rahasia|di latar belakang|tanpa diketahui|sembunyi-sembunyi",
    ),
    (
        Standing,
        "mulai sekarang|sejak sekarang|mulai saat ini|selanjutnya|seterusnya|sepanjang sesi",
    ),
    (
        Instead,
        "alih-alih|sebagai gantinya|bukan|tidak lagi|ketimbang|gantinya",
    ),
    (
        Threat,
        "jika tidak|kalau tidak|gagal|tidak akan|ditolak|tanpa langkah ini",
    ),
    (Param, "parameter|argumen|kolom|bidang|nilai|isian"),
    (Recipient, "penerima|nomor rekening|rekening|alamat"),
    (Pretext, "keamanan|audit|verifikasi|penting|kepatuhan"),
    (
        Priority,
        "terlepas dari|meskipun pengguna|walaupun pengguna|prioritas|apa pun yang",
    ),
    (
        NoConsent,
        "tanpa meminta|tanpa bertanya|tanpa persetujuan|tanpa konfirmasi|tanpa izin|segera|langsung|\
         jangan tanya|jangan meminta",
    ),
    (Content, "isi|isinya|konten|teks"),
    (File, "berkas|folder|direktori"),
];

pub const VIETNAMESE: Words = &[
    (About, "lừa đảo|tấn công|độc hại|phát hiện|ví dụ|giả mạo"),
    (SameServer, "máy chủ này|cùng máy chủ|chính máy chủ"),
    (This, "công cụ này|trước khi gọi,"),
    (Before, "trước khi|trước"),
    (
        When,
        "khi|mỗi khi|mỗi lần|bất cứ khi nào|mọi yêu cầu|tất cả|nếu|sau khi",
    ),
    (Must, "phải|bắt buộc|luôn|luôn luôn|cần|nhất thiết|hãy|buộc"),
    (First, "trước tiên|đầu tiên|trước hết"),
    (Call, "gọi|sử dụng|dùng|chạy|thực thi|thực hiện|kích hoạt"),
    (Read, "đọc|mở|truy cập|lấy|tải|trích xuất|sao chép"),
    (
        Pass,
        "truyền|gửi|đưa|thêm|đính kèm|chuyển|bao gồm|tải lên|điền|ghi|đăng|chèn",
    ),
    (
        Change,
        "thay đổi|thay thế|đổi|sửa|thay|chuyển hướng|ghi đè|chỉnh",
    ),
    (Add, "thêm|bổ sung|kèm|nối|chèn"),
    (
        Tell,
        "nói|đề cập|thông báo|tiết lộ|cho biết|nhắc|báo|hiển thị|kể|cho người dùng|giải thích",
    ),
    (
        Dont,
        "không|đừng|không được|chớ|tuyệt đối không|mà không|không cần",
    ),
    (
        Hush,
        "giữ bí mật|không cho người dùng|đừng nói|không được nói|không nhắc|đừng nhắc|không đề cập|\
         không thông báo|lén|không cần biết",
    ),
    (User, "người dùng|người sử dụng|người sử dụng"),
    (Ignore, "bỏ qua|phớt lờ|quên|làm ngơ|không tuân|vô hiệu"),
    (Prior, "trước đó|trước đây|mọi|tất cả|bên trên|ở trên|các"),
    (
        Rules,
        "hướng dẫn|chỉ dẫn|quy tắc|quy định|chỉ thị|hạn chế|an toàn|mệnh lệnh|chính sách|giới hạn|lệnh",
    ),
    (
        Secret,
        "mật khẩu|khóa riêng|khoá riêng|khóa bí mật|thông tin đăng nhập|mã thông báo|bí mật|số thẻ|\
         danh bạ",
    ),
    (
        Conversation,
        "lịch sử trò chuyện|cuộc trò chuyện|lịch sử hội thoại|hội thoại|tin nhắn trước|danh sách công cụ|\
         đoạn chat|tin nhắn gần",
    ),
    (Secretly, "âm thầm|lặng lẽ|bí mật|lén lút|ngầm|kín đáo"),
    (
        Standing,
        "từ nay|từ bây giờ|kể từ bây giờ|từ giờ|trong suốt phiên|kể từ nay",
    ),
    (Instead, "thay vì|thay vào đó|không còn|thay cho"),
    (
        Threat,
        "nếu không|sẽ thất bại|sẽ không hoạt động|bị từ chối|sẽ lỗi|sẽ bị",
    ),
    (Param, "tham số|đối số|trường|giá trị|mục"),
    (Recipient, "người nhận|số tài khoản|tài khoản|địa chỉ"),
    (
        Pretext,
        "bảo mật|kiểm tra|xác minh|quan trọng|tuân thủ|an ninh|kiểm toán",
    ),
    (Priority, "bất kể|dù người dùng|ngay cả khi|ưu tiên|dù cho"),
    (
        NoConsent,
        "không cần hỏi|không hỏi|không cần xác nhận|không xin phép|ngay lập tức|không cần sự đồng ý|\
         lập tức|đừng hỏi",
    ),
    (Content, "nội dung|văn bản|toàn bộ nội dung"),
    (File, "tệp|tập tin|thư mục"),
];
