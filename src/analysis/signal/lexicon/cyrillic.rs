//! Russian, Ukrainian, Polish.

use super::Concept::*;
use super::Words;

pub const RUSSIAN: Words = &[
    (
        About,
        "мошенн*|фишинг*|атак*|вредонос*|обнаруж*|пример*|распозна*|признак*",
    ),
    (SameServer, "этого сервера|этого же сервера|того же сервера"),
    (
        This,
        "этого инструмента|этот инструмент|этим инструментом|перед вызовом нужно|перед вызовом",
    ),
    (
        Before,
        "перед|прежде чем|до вызова|до использования|до начала",
    ),
    (
        When,
        "когда|каждый раз|всякий раз|при вызове|при использовании|при отправке|если|все запросы|после|\
         при каждом|при любом",
    ),
    (
        Must,
        "должен|должна|должны|обязательно|обязан*|всегда|необходимо|нужно|требуется|непременно|следует",
    ),
    (First, "сначала|сперва|предварительно|в первую очередь"),
    (
        Call,
        "вызов*|вызв*|вызыва*|использ*|запус*|выполн*|примен*|обратис*",
    ),
    (
        Read,
        "прочита*|прочти*|чита*|откро*|открыв*|загруз*|получи*|считай*|извлек*|скопир*",
    ),
    (
        Pass,
        "передай*|переда*|отправ*|отсыла*|включ*|вставь*|приложи*|прикреп*|пересыла*|перешли*|добав*|укажи*|\
         помести*|запиши*|впиши*|выложи*|копию",
    ),
    (
        Change,
        "измен*|замен*|подмен*|перенаправ*|установи*|перезапи*|меняй*|подстав*",
    ),
    (
        Add,
        "добав*|прибав*|допиши*|дописыва*|скрытую копию|приписыва*",
    ),
    (
        Tell,
        "сообща*|сообщи*|говор*|скажи*|упомина*|упомян*|уведомл*|раскрыва*|предупрежда*|рассказыва*|\
         информир*",
    ),
    (Dont, "не|никогда|без|нельзя|ни в коем случае|ни при каких"),
    (
        Hush,
        "без ведома|втайне от|не сообщай*|не говори*|не упоминай*|держи в секрете|не должен знать|\
         не нужно знать|незаметно для",
    ),
    (User, "пользовател*|юзер*"),
    (
        Ignore,
        "игнорир*|проигнорир*|забудь*|не обращай внимания|отбрось*|обойди*|пренебре*|отключи*",
    ),
    (
        Prior,
        "предыдущ*|прежн*|все|всех|любые|выше|ранее|полученн*|прошлы*",
    ),
    (
        Rules,
        "инструкци*|правил*|указани*|ограничен*|предписан*|политик*|безопасност*|команды|запрет*",
    ),
    (
        Secret,
        "парол*|приватн* ключ|ключи|закрыт* ключ|api-ключ*|учётные данные|учетные данные|токен*|секрет*|\
         номер карты|cvv|контакт*",
    ),
    (
        Conversation,
        "история переписки|историю переписки|история диалога|историю диалога|переписк*|диалог*|\
         предыдущие сообщения|системный промпт|список инструментов|последние сообщения",
    ),
    (
        Secretly,
        "незаметно|тайно|тихо|скрытно|молча|втайне|в фоне|скрыто",
    ),
    (
        Standing,
        "с этого момента|отныне|теперь|впредь|с сегодняшнего дня|на протяжении всей сессии|в дальнейшем",
    ),
    (Instead, "вместо|взамен|больше не|уже не"),
    (
        Threat,
        "иначе|в противном случае|не сработает|не будет работать|будет отклон*|не пройдёт|завершится ошибкой",
    ),
    (Param, "параметр*|аргумент*|поле|поля|значение"),
    (
        Recipient,
        "получател*|адресат*|номер счёта|номер счета|реквизит*|адрес",
    ),
    (Pretext, "безопасност*|аудит*|проверк*|важно|требовани*"),
    (
        Priority,
        "независимо от|даже если пользователь|имеет приоритет|что бы ни",
    ),
    (
        NoConsent,
        "без подтверждения|не спрашива*|без разрешения|без согласия|немедленно|не запрашива*|без вопросов",
    ),
    (Content, "содержим*|текст"),
    (File, "файл*|папк*"),
    (Show, "показыва*|покажи*|выводи*"),
    (
        Hush,
        "знать не нужно|знать об этом не|знать не должен|ни слова|умолчи*|скрой*|скрывай*|утаи*|\
         не раскрывай*|не показывай виду|между нами|не должен узнать|не узнал|не афишир*|держи при себе|\
         об этом не говори|не надо говорить|не стоит упоминать|не обязан знать|незачем знать|\
         не ставь в известность",
    ),
    (Ignore, "отмени*|не следуй*|не соблюдай*|пренебрег*|плюнь"),
    (Rules, "наказ*|требовани*|установк*|предписани*"),
    (
        Void,
        "больше не действу*|утратил* силу|недействительн*|отменен*|отменён*|не действу*|не имеют силы|\
         потерял* силу|устарел*",
    ),
    (
        Solely,
        "только это*|только этим|лишь то, что|только написанн*|только эти|следуй лишь|выполняй только|\
         руководствуйся только",
    ),
    (
        Regardless,
        "что бы ни|что бы там|независимо|какой бы|каким бы|кто бы",
    ),
    (
        Bear,
        "заканчива*|начина*|содержать фразу|с текстом|со словами|подпис*",
    ),
    (Whole, "полностью|целиком|дословно|всю|весь"),
    (
        Insides,
        "системный промпт|системную подсказку|имя модели|название модели|список инструментов",
    ),
    (
        Loot,
        "переменные окружения|переменных окружения|связк* ключей|сохранённые пароли|сохраненные пароли|\
         ssh-ключ*|приватный ключ|сид-фраз*",
    ),
    (Inner, "идентификатор*|внутренн*|json|технич*"),
    (Recipient, "счёт|счет|карту|кошелёк|кошелек"),
    (
        Pass,
        "проводи|проведи|переведи|переводи|направляй|направь|шли|сбрось|отдай|скидывай",
    ),
    (
        Personal,
        "домашний адрес|номер телефона|паспорт*|диагноз*|дата рождения",
    ),
];

pub const UKRAINIAN: Words = &[
    (
        About,
        "шахра*|фішинг*|атак*|шкідлив*|виявля*|приклад*|розпізна*|ознак*",
    ),
    (
        SameServer,
        "цього сервера|цього ж сервера|того самого сервера",
    ),
    (This, "цього інструмент*|цей інструмент"),
    (Before, "перед тим|до виклику|перш ніж|до початку"),
    (
        When,
        "коли|щоразу|кожного разу|під час|якщо|усі запити|після|при виклику",
    ),
    (
        Must,
        "повинен|повинна|повинні|обов'язково|завжди|необхідно|треба|слід|мусиш|мусить|потрібно",
    ),
    (First, "спочатку|спершу|попередньо|насамперед"),
    (Call, "виклик*|викорис*|запуст*|запуск*|викон*|застос*"),
    (
        Read,
        "прочита*|відкри*|зчита*|завантаж*|отрима*|читай*|скопію*",
    ),
    (
        Pass,
        "передай*|переда*|надішл*|надсил*|відправ*|включи*|встав*|додай*|долуч*|перешл*|запиши*|впиши*",
    ),
    (
        Change,
        "зміни*|змінюй*|заміни*|замінюй*|підміни*|перенаправ*|встанови*|підстав*",
    ),
    (Add, "додай*|додава*|допиш*|приєдна*|приховану копію"),
    (
        Tell,
        "повідомля*|повідом*|кажи*|скажи*|згаду*|розкрива*|попереджа*|розповіда*|інформу*",
    ),
    (Dont, "не|ніколи|без|не можна|у жодному разі|жодним чином"),
    (
        Hush,
        "без відома|таємно від|не повідомляй*|не кажи*|не згадуй*|тримай у таємниці|непомітно для|\
         нічого не кажи",
    ),
    (User, "користувач*|людям"),
    (
        Ignore,
        "ігнор*|проігнор*|забудь*|не зважай*|відкинь*|обійди*|нехтуй*|вимкни*",
    ),
    (Prior, "попередн*|усі|всі|будь-які|вище|раніш*|отриман*"),
    (
        Rules,
        "інструкц*|правил*|вказівк*|обмежен*|політик*|безпек*|настанов*|заборон*",
    ),
    (
        Secret,
        "парол*|приватн* ключ|ключі|облікові дані|секрет*|номер картки",
    ),
    (
        Conversation,
        "історія розмови|історію розмови|історію листування|листуван*|розмов*|попередні повідомлення|\
         системний промпт|перелік інструментів|список інструментів",
    ),
    (
        Secretly,
        "непомітно|таємно|тихо|приховано|мовчки|потай|у фоні",
    ),
    (
        Standing,
        "відтепер|з цього моменту|надалі|від сьогодні|від цього моменту|протягом усієї сесії",
    ),
    (Instead, "замість|натомість|більше не|вже не"),
    (
        Threat,
        "інакше|в іншому разі|не спрацює|не працюватиме|буде відхилен*",
    ),
    (Param, "параметр*|аргумент*|поле|полі|значення"),
    (
        Recipient,
        "отримувач*|одержувач*|номер рахунку|реквізит*|адрес*",
    ),
    (Pretext, "безпек*|аудит*|перевірк*|важливо|вимог*"),
    (
        Priority,
        "незалежно від|навіть якщо користувач|має пріоритет",
    ),
    (
        NoConsent,
        "без підтвердження|не питай*|не запитуй*|без дозволу|без згоди|негайно",
    ),
    (Content, "вміст*|текст"),
    (File, "файл*|тек*"),
    (Show, "показу*|покажи*"),
    (
        Hush,
        "знати не треба|знати не потрібно|знати про це не|не повинен знати|ні слова|замовч*|приховуй*|\
         приховай*|не розголошуй*|між нами|не повинен дізна*|не дізна*|не варто згадувати|нікому не кажи|\
         не став до відома|не потрібно знати",
    ),
    (Ignore, "скасуй*|не дотримуйся|не виконуй|відкинь"),
    (Rules, "наказ*|вимог*|приписи|розпоряджен*|наказува*"),
    (
        Void,
        "більше не діє|більше не діють|втратил* чинність|недійсн*|скасован*|не діє|не діють|застаріл*",
    ),
    (
        Solely,
        "лише це*|тільки це*|лише написане|тільки написане|лише те, що|виконуй лише|виконуй тільки|\
         керуйся лише|тільки цього опису",
    ),
    (Regardless, "хоч би що|що б не|незалежно|який би"),
    (Bear, "закінчува*|починати*|містити фразу|з текстом"),
    (Whole, "повністю|цілком|дослівно|всю|увесь"),
    (
        Insides,
        "системний промпт|назву моделі|перелік інструментів",
    ),
    (
        Loot,
        "змінні середовища|змінних середовища|збережені паролі|ssh-ключ*|приватний ключ",
    ),
    (Inner, "ідентифікатор*|внутрішн*|json|технічн*"),
    (Recipient, "рахунок|картку|гаманець"),
    (Pass, "проводь|переказуй|перекажи|спрямуй|скеруй|шли|скинь"),
    (Call, "використовуй*|користуйся"),
    (Prior, "раніше|досі"),
];

pub const POLISH: Words = &[
    (
        About,
        "oszust*|phishing*|atak*|złośliw*|wykry*|przykład*|rozpozna*",
    ),
    (
        SameServer,
        "tego serwera|tym samym serwer*|tego samego serwera",
    ),
    (This, "tego narzędzia|to narzędzie|przed wywołaniem"),
    (Before, "przed|zanim|uprzednio"),
    (
        When,
        "gdy|kiedy|za każdym razem|ilekroć|podczas|jeśli|wszystkie żądania|przy każdym|po każdym",
    ),
    (
        Must,
        "musisz|musi|muszą|koniecznie|obowiązkow*|zawsze|należy|wymagan*|trzeba|powinien|powinieneś",
    ),
    (First, "najpierw|wpierw|w pierwszej kolejności"),
    (
        Call,
        "wywoł*|użyj*|użyci*|używa*|uruchom*|wykon*|skorzystaj*|wywoła*|uży*",
    ),
    (
        Read,
        "przeczytaj*|odczyt*|otwórz*|wczytaj*|pobierz*|czytaj*|skopiuj*|otworz*",
    ),
    (
        Pass,
        "przekaż*|wyślij*|wysyłaj*|dołącz*|umieść*|wstaw*|prześlij*|przesyłaj*|podaj*|dodaj*|zamieść*|wpisz*|\
         wklej*",
    ),
    (
        Change,
        "zmień*|zmieniaj*|zamień*|zastąp*|podmień*|przekieruj*|ustaw*|modyfikuj*|nadpisz*",
    ),
    (
        Add,
        "dodaj*|dodawaj*|dopisz*|dołącz*|dołączaj*|ukrytej kopii|udw",
    ),
    (
        Tell,
        "mów|powiedz*|wspominaj*|wspomnij*|informuj*|powiadamiaj*|ujawniaj*|zdradzaj*|ostrzegaj*|zgłaszaj*|\
         opisuj*",
    ),
    (Dont, "nie|nigdy|bez|unikaj"),
    (
        Hush,
        "bez wiedzy|w tajemnicy|nie mów|nie wspominaj|nie informuj|nie musi wiedzieć|bez informowania",
    ),
    (User, "użytkownik*|użytkowniczk*"),
    (
        Ignore,
        "zignoruj*|ignoruj*|zapomnij*|pomiń*|odrzuć*|obejdź*|wyłącz*",
    ),
    (
        Prior,
        "poprzedni*|wcześniejsz*|wszystkie|wszelkie|powyższ*|dotychczasow*",
    ),
    (
        Rules,
        "instrukc*|polece*|reguł*|zasad*|wytyczn*|ogranicze*|bezpieczeństw*|zabezpiecze*",
    ),
    (
        Secret,
        "hasł*|klucz*|poświadcze*|token*|sekret*|numer karty|dane logowania",
    ),
    (
        Conversation,
        "histori*|rozmow*|poprzednie wiadomości|prompt systemowy|lista narzędzi|listę narzędzi",
    ),
    (
        Secretly,
        "po cichu|potajemnie|dyskretnie|w tle|niezauważalnie|skrycie|cicho",
    ),
    (
        Standing,
        "od teraz|od tej chwili|odtąd|w dalszej części|przez całą sesję|od tego momentu",
    ),
    (Instead, "zamiast|w miejsce|już nie|w zamian"),
    (
        Threat,
        "w przeciwnym razie|inaczej|nie zadziała|nie powiedzie się|zostanie odrzucon*",
    ),
    (Param, "parametr*|argument*|pole|polu|pola|wartość"),
    (Recipient, "odbiorc*|adresat*|numer konta|adres"),
    (Pretext, "bezpieczeństw*|audyt*|weryfikac*|ważne|wymóg"),
    (
        Priority,
        "niezależnie od|nawet jeśli użytkownik|ma pierwszeństwo",
    ),
    (
        NoConsent,
        "bez pytania|bez potwierdzenia|bez zgody|natychmiast|nie pytaj*|nie proś*",
    ),
    (Content, "zawartość*|treść*|tekst"),
    (File, "plik*|folder*|katalog*"),
    (Show, "pokazuj*"),
    (
        Hush,
        "nie musi o tym wiedzieć|nie może się dowiedzieć|nie powinien wiedzieć|ani słowa|przemilcz*|\
         ukryj przed|ukrywaj przed|zachowaj to dla siebie|zachowaj w tajemnicy|między nami|nie wspominaj*|\
         nie zdradzaj*|bez zwracania uwagi|nie dawaj po sobie|nie mów o tym|nie informuj*|\
         nie ma potrzeby informować|w ukryciu przed",
    ),
    (
        Ignore,
        "odrzuć|unieważnij*|nie stosuj się|nie przestrzegaj|zlekceważ*",
    ),
    (Rules, "poleceni*|nakaz*|wymag*|wskazów*"),
    (
        Void,
        "nie obowiązuj*|przestały obowiązywać|straciły ważność|nieważn*|unieważnion*|nieaktualn*|\
         już nie obowiąz*",
    ),
    (
        Solely,
        "tylko do tego|wyłącznie do tego|tylko tego opisu|tylko to, co|stosuj się tylko|wykonuj tylko|\
         kieruj się wyłącznie|wyłącznie z tego",
    ),
    (Regardless, "bez względu na|cokolwiek|niezależnie"),
    (
        Bear,
        "kończyć się|zaczynać się|zawierać zdanie|z tekstem|z dopiskiem",
    ),
    (Whole, "w całości|cały|całą|dosłownie|słowo w słowo"),
    (Insides, "prompt systemowy|nazwę modelu|listę narzędzi"),
    (
        Loot,
        "zmienne środowiskowe|pęk kluczy|zapisane hasła|klucz prywatny|klucze ssh",
    ),
    (Inner, "identyfikator*|wewnętrzn*|json|id"),
    (Recipient, "rachunk*|numer rachunku|konto"),
    (Call, "korzystasz|korzystaj*"),
    (Change, "podmień|podstaw*|przestaw*"),
    (Must, "trzeba|musimy|powinno"),
];
