//! Indonesian, Vietnamese.

use super::Concept::*;
use super::Words;

pub const INDONESIAN: Words = &[
    (Deed, "hapus|transfer|setujui|pasang|bayar"),
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
         dipanggil|dijalankan|memanggil|memakainya",
    ),
    (
        Read,
        "baca*|membaca*|buka|membuka|ambil|mengambil|akses|muat|salin",
    ),
    (
        Pass,
        "kirim*|mengirim*|sertakan|masukkan|teruskan|lampirkan|unggah|isi|isikan|tambahkan|tulis|cantumkan|\
         meneruskan|tempelkan|salin|salinkan|diisi",
    ),
    (
        Change,
        "ubah*|mengubah*|ganti*|mengganti*|alihkan|timpa|tukar|setel|gantilah|tukarkan|mengubahnya|\
         digantikan",
    ),
    (Add, "tambah*|menambah*|sertakan|lampirkan|sisipkan"),
    (
        Tell,
        "beri tahu*|beritahu*|memberi tahu*|memberitahu*|sebut*|menyebut*|ungkap*|laporkan|jelaskan|kabari|\
         sampaikan|disampaikan|menyampaikan|diberitahu*|dikabari|kabarkan|utarakan|membocorkan",
    ),
    (
        Dont,
        "jangan|tanpa|tidak|jangan pernah|tidak boleh|dilarang|tak",
    ),
    (
        Hush,
        "tanpa sepengetahuan|rahasiakan|jangan beri tahu|jangan sebut*|tanpa memberi tahu|tidak perlu tahu|\
         diam-diam|tidak usah disampaikan|tidak perlu disampaikan|jangan sampaikan|jangan disampaikan|\
         jangan kabari|tak usah bilang|tidak usah bilang|tidak usah disebut*|tanpa bilang|\
         tanpa memberi kabar|jangan cantumkan dalam jawaban|jangan masukkan ke jawaban|bungkam|\
         pura-pura tidak|tidak ada yang boleh tahu|tak seorang pun boleh tahu|jangan sampai ada yang tahu|\
         jangan sampai ada yang mengetahui",
    ),
    (User, "pengguna*|pemakai"),
    (
        Ignore,
        "abaikan|mengabaikan|lupakan|lewati|hiraukan|kesampingkan",
    ),
    (
        Prior,
        "sebelumnya|semua|seluruh|di atas|segala|apa pun|selama ini|sejauh ini|diterima|diberikan|awal|\
         terdahulu",
    ),
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
        "riwayat percakapan|percakapan|riwayat obrolan|obrolan|pesan sebelumnya|daftar alat|pesan terakhir",
    ),
    (
        Secretly,
        "diam-diam|secara rahasia|di latar belakang|tanpa diketahui|sembunyi-sembunyi",
    ),
    (
        Standing,
        "mulai sekarang|sejak sekarang|mulai saat ini|selanjutnya|seterusnya|sepanjang sesi|mulai hari ini|\
         sejak hari ini",
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
    (
        Recipient,
        "penerima|nomor rekening|rekening|alamat|pembayaran|transfer|tagihan|struk",
    ),
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
    (
        Show,
        "tampilkan|tunjukkan|memperlihatkan|menampilkan|ditampilkan",
    ),
    (
        Hush,
        "tidak boleh tahu|jangan sampai pengguna|jangan sampai diketahui|jangan ceritakan|jangan bilang|\
         jangan katakan|jangan ungkap*|jangan memberi tahu|jangan memberitahu*|jangan laporkan|\
         di antara kita|antara kita|simpan untuk dirimu|sembunyikan dari|sembunyikan hal|tutupi|tutup mulut|\
         tanpa diketahui|tanpa menyebut*|tidak usah tahu|tak perlu tahu|tidak perlu diberi tahu|\
         tidak perlu disebut*|tanpa sepengetahuan|jangan disebut*|jangan singgung",
    ),
    (
        Tell,
        "ceritakan|bilang|katakan|singgung|diceritakan|disebutkan",
    ),
    (
        Ignore,
        "kesampingkan|tinggalkan|jangan ikuti|jangan patuhi|berhenti mengikuti|batalkan|buang",
    ),
    (Rules, "ketentuan|larangan|pembatasan|amanat"),
    (
        Void,
        "tidak berlaku lagi|tidak lagi berlaku|sudah tidak berlaku|batal|dicabut|kedaluwarsa|dibatalkan|\
         sudah usang|gugur|tidak sah|dihapuskan|dianggap batal",
    ),
    (
        Solely,
        "hanya deskripsi ini|deskripsi ini saja|hanya teks ini|hanya ikuti|hanya patuhi|ikuti hanya|\
         patuhi hanya|hanya yang tertulis di sini|patuhi deskripsi ini|cukup ikuti|ikuti saja|\
         hanya yang ada di sini|turuti hanya|hanya isi deskripsi|teks ini saja|ini saja|petunjuk ini saja",
    ),
    (
        Regardless,
        "apa pun|tanpa memandang|berapa pun|siapa pun|meskipun",
    ),
    (
        Bear,
        "diakhiri dengan|diawali dengan|memuat kalimat|kalimat|dengan teks",
    ),
    (Whole, "seluruh|lengkap|utuh|kata demi kata|selengkapnya"),
    (Insides, "prompt sistem|nama model|daftar alatmu"),
    (
        Loot,
        "variabel lingkungan|gantungan kunci|kata sandi tersimpan|kunci ssh|kunci privat",
    ),
    (Inner, "internal|id|json|teknis"),
    (Change, "dialihkan|pindahkan|belokkan"),
    (Pass, "ditembuskan|tembuskan|salurkan"),
    (Recipient, "nomor rekening|tujuan|rekening tujuan"),
    (
        Personal,
        "alamat rumah|nomor telepon|paspor|tanggal lahir|riwayat medis",
    ),
    (You, "kamu|anda|kepadamu|diberikan|terima"),
];

pub const VIETNAMESE: Words = &[
    (Deed, "xóa|chuyển tiền|phê duyệt|cài đặt|thanh toán"),
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
    (
        Call,
        "gọi|sử dụng|dùng|chạy|thực thi|thực hiện|kích hoạt|cho chạy|gọi đến|khởi chạy",
    ),
    (Read, "đọc|mở|truy cập|lấy|tải|trích xuất|sao chép"),
    (
        Pass,
        "truyền|gửi|đưa|thêm|đính kèm|chuyển|bao gồm|tải lên|điền|ghi|đăng|chèn|nhập vào|dán vào|chép vào|\
         kèm theo",
    ),
    (
        Change,
        "thay đổi|thay thế|đổi|sửa|thay|chuyển hướng|ghi đè|chỉnh|đổi thành|thay bằng|sửa thành|tráo",
    ),
    (Add, "thêm|bổ sung|kèm|nối|chèn"),
    (
        Tell,
        "nói|đề cập|thông báo|tiết lộ|cho biết|nhắc|báo|kể|cho người dùng|giải thích",
    ),
    (
        Dont,
        "không|đừng|không được|chớ|tuyệt đối không|mà không|không cần",
    ),
    (
        Hush,
        "giữ bí mật|không cho người dùng|đừng nói|không được nói|không nhắc|đừng nhắc|không đề cập|\
         không thông báo|lén|không cần biết|không cho ai|đừng cho ai|không báo với|đừng báo với|khỏi báo|\
         khỏi nói|không cần nói|không cần thông báo|không cần cho|đừng nhắc đến|không nhắc đến|không hé|\
         kín tiếng|không để lộ|đừng để lộ|đừng đưa vào câu trả lời|không đưa vào câu trả lời|\
         bỏ qua bước này trong|không ai biết|đừng cho ai biết|không được cho ai biết|\
         không cho người dùng hay|người dùng hay biết|không cho ai hay|tuyệt đối không cho",
    ),
    (User, "người dùng|người sử dụng|người sử dụng"),
    (Ignore, "bỏ qua|phớt lờ|quên|làm ngơ|không tuân|vô hiệu"),
    (
        Prior,
        "trước đó|trước đây|mọi|tất cả|bên trên|ở trên|các|nhận được|đã nhận|từ trước|ban đầu|đến giờ|cũ",
    ),
    (
        Rules,
        "hướng dẫn|chỉ dẫn|quy tắc|quy định|chỉ thị|hạn chế|an toàn|mệnh lệnh|chính sách|giới hạn|lệnh",
    ),
    (
        Secret,
        "mật khẩu|khóa riêng|khoá riêng|khóa bí mật|thông tin đăng nhập|mã thông báo|bí mật|số thẻ|danh bạ",
    ),
    (
        Conversation,
        "lịch sử trò chuyện|cuộc trò chuyện|lịch sử hội thoại|hội thoại|tin nhắn trước|danh sách công cụ|\
         đoạn chat|tin nhắn gần",
    ),
    (Secretly, "âm thầm|lặng lẽ|bí mật|lén lút|ngầm|kín đáo"),
    (
        Standing,
        "từ nay|từ bây giờ|kể từ bây giờ|từ giờ|trong suốt phiên|kể từ nay|kể từ hôm nay|từ hôm nay|\
         bắt đầu từ nay",
    ),
    (Instead, "thay vì|thay vào đó|không còn|thay cho"),
    (
        Threat,
        "nếu không|sẽ thất bại|sẽ không hoạt động|bị từ chối|sẽ lỗi|sẽ bị",
    ),
    (Param, "tham số|đối số|trường|giá trị|mục"),
    (
        Recipient,
        "người nhận|số tài khoản|tài khoản|địa chỉ|thanh toán|chuyển khoản|hóa đơn|biên lai",
    ),
    (
        Pretext,
        "bảo mật|kiểm tra|xác minh|quan trọng|tuân thủ|an ninh|kiểm toán",
    ),
    (Priority, "bất kể|dù người dùng|ngay cả khi|ưu tiên|dù cho"),
    (
        NoConsent,
        "không cần hỏi|không hỏi|không cần xác nhận|không xin phép|ngay lập tức|không cần sự đồng ý|lập tức|\
         đừng hỏi",
    ),
    (Content, "nội dung|văn bản|toàn bộ nội dung"),
    (File, "tệp|tập tin|thư mục"),
    (Show, "hiển thị|hiện ra"),
    (
        Hush,
        "đừng để người dùng|không để người dùng|để người dùng biết|không được để|đừng cho|giấu|che giấu|\
         đừng kể|không kể|đừng tiết lộ|không tiết lộ|đừng hé|đừng báo|không báo cho|không cần báo|\
         chỉ giữa chúng ta|giữa chúng ta|giữ kín|không hay biết|không hề hay|mà không cho|không nói với|\
         đừng đề cập|không cần nhắc|không cần đề cập|không nhắc tới|im lặng về",
    ),
    (
        Ignore,
        "gạt bỏ|gạt sang|đừng tuân|không làm theo|đừng làm theo|hủy bỏ|huỷ bỏ|bác bỏ|xóa bỏ",
    ),
    (Rules, "yêu cầu trước|nội quy|điều cấm|quy chế"),
    (
        Void,
        "không còn hiệu lực|không còn giá trị|hết hiệu lực|vô hiệu|bị hủy|bị huỷ|đã lỗi thời|\
         không còn áp dụng|đã bị bãi bỏ|bãi bỏ|không có hiệu lực|thôi hiệu lực",
    ),
    (
        Solely,
        "chỉ làm theo|chỉ tuân theo|chỉ theo mô tả|chỉ nghe theo|chỉ những gì viết ở đây|chỉ thực hiện theo|\
         duy nhất mô tả này|chỉ cần làm theo|chỉ theo|chỉ dựa vào mô tả này|chỉ tuân thủ",
    ),
    (Regardless, "bất kể|dù người dùng|dù cho|cho dù"),
    (Bear, "kết thúc bằng|bắt đầu bằng|câu|dòng chữ"),
    (Whole, "toàn bộ|đầy đủ|nguyên văn|từng chữ|trọn vẹn"),
    (
        Insides,
        "lời nhắc hệ thống|tên mô hình|danh sách công cụ của",
    ),
    (
        Loot,
        "biến môi trường|chuỗi khóa|mật khẩu đã lưu|khóa ssh|khoá ssh|khóa riêng",
    ),
    (Inner, "nội bộ|id|mã|json|kỹ thuật"),
    (
        Personal,
        "địa chỉ nhà|số điện thoại|hộ chiếu|ngày sinh|bệnh án",
    ),
    (Pass, "chép|dán"),
    (You, "bạn|cho bạn|bạn nhận|được giao"),
];
