//! French, Spanish, Portuguese, Italian.

use super::Concept::*;
use super::Words;

pub const FRENCH: Words = &[
    (
        About,
        "arnaque*|hameçonnage|fraude*|frauduleu*|attaque*|malveillant*|détect*|exemple*",
    ),
    (SameServer, "ce serveur|même serveur"),
    (This, "cet outil|l'outil"),
    (Before, "avant|préalable|au préalable|préalablement"),
    (
        When,
        "quand|lorsque|lorsqu'*|chaque fois|à chaque|lors de|dès que|toutes les demandes|si l'*|\
         pour chaque|pour tout|toute demande|pour toute",
    ),
    (
        Must,
        "doit|doivent|devez|dois|obligatoire*|obligatoirement|impérativement|impératif|toujours|\
         systématiquement|il faut|nécessairement|requis|veillez à|assurez-vous",
    ),
    (First, "d'abord|en premier|tout d'abord|premièrement"),
    (
        Call,
        "appel*|utilis*|exécut*|lance*|invoqu*|l'appel*|l'utilis*|l'exécut*",
    ),
    (
        Read,
        "lire|lis|lisez|ouvr*|accéd*|récupér*|charge*|consult*|extrai*|copie*",
    ),
    (
        Pass,
        "passe|passez|transme*|envoi*|envoy*|inclu*|insér*|fourni*|joins|joignez|ajout*|poste*|\
         téléverse*|mets|mettez|place|placez|indique*|renseigne*|copie*",
    ),
    (
        Change,
        "chang*|remplac*|modifi*|redirig*|substitu*|réécri*|écras*|défini*|règle*|fixe*",
    ),
    (
        Add,
        "ajout*|insér*|inclu*|complèt*|en copie|cci|copie cachée",
    ),
    (
        Tell,
        "dire|dis|dites|mentionn*|inform*|préven*|prévien*|signal*|révél*|montr*|affich*|avert*|parle*|\
         évoqu*|indiqu*|divulgu*|communiqu*",
    ),
    (
        Dont,
        "sans|ne jamais|ne pas|n'*|jamais|ne|évite*|inutile de|ne rien",
    ),
    (
        Hush,
        "à l'insu|sans prévenir|sans en informer|sans le dire|sans avertir|n'en parle*|\
         sans le mentionner|n'a pas besoin de savoir|n'ont pas besoin de savoir|n'en dis|n'en dites",
    ),
    (User, "utilisateur*|l'utilisateur*|l'usager|d'utilisateur*"),
    (
        Ignore,
        "ignore*|ignorer|oubli*|néglig*|contourn*|désactiv*|outrepass*|faites abstraction|\
         ne tiens pas compte|ne tiens plus compte|ne tenez plus compte|n'obéis plus|ne tenez pas compte",
    ),
    (
        Prior,
        "précédent*|antérieur*|toutes les|tous les|ci-dessus|préalable*|toute|reçu*|initial*|d'origine",
    ),
    (
        Rules,
        "instruction*|consigne*|règle*|directive*|restriction*|d'instruction*|sécurité|garde-fou*|\
         politique*|contrainte*",
    ),
    (
        Secret,
        "mot de passe|mots de passe|clé privée|clés|clé api|clé d'api|identifiants|jeton*|secret*|\
         numéro de carte|cryptogramme|code secret",
    ),
    (
        Conversation,
        "historique|l'historique|conversation|l'intégralité des messages|invite système|\
         messages précédents|liste des outils|derniers messages|la demande originale",
    ),
    (
        Secretly,
        "discrètement|silencieusement|en secret|secrètement|en silence|en arrière-plan|à l'insu|\
         subrepticement",
    ),
    (
        Standing,
        "désormais|à partir de maintenant|dorénavant|à compter de maintenant|dès maintenant|à l'avenir|\
         pour toute la session|à partir d'aujourd'hui",
    ),
    (
        Instead,
        "au lieu de|à la place|plutôt que|plus disponible|n'est plus|en remplacement",
    ),
    (
        Threat,
        "sinon|sans cela|sans quoi|faute de quoi|à défaut|échouera|refusera|ne fonctionnera pas|autrement",
    ),
    (
        Param,
        "paramètre*|argument*|champ|champs|l'argument|valeur|zone",
    ),
    (
        Recipient,
        "destinataire*|compte bancaire|iban|bénéficiaire|adresse|numéro de compte|rib",
    ),
    (
        Pretext,
        "sécurité|conformité|audit|vérification|validation|important|exigence",
    ),
    (
        Priority,
        "quelle que soit|même si l'utilisateur|prioritaire|prévaut|sans tenir compte|quoi que dise|\
         quel que soit",
    ),
    (
        NoConsent,
        "sans demander|sans confirmation|sans attendre|sans l'accord|sans accord|sans autorisation|\
         immédiatement|ne demande*",
    ),
    (Content, "contenu|le texte|son contenu|leur contenu"),
    (File, "fichier*|dossier*|répertoire*"),
    (
        Agent,
        "assistant*|l'assistant|agents|robots|modèle de langage|outils automatiques",
    ),
];

pub const SPANISH: Words = &[
    (
        About,
        "estafa*|phishing|fraude*|ataque*|malicios*|detect*|ejemplo*|timo*",
    ),
    (SameServer, "este servidor|mismo servidor"),
    (This, "esta herramienta"),
    (Before, "antes de|antes|previo a|previamente"),
    (
        When,
        "cuando|cada vez|siempre que|al usar|al llamar|al enviar|si el|todas las solicitudes|después de",
    ),
    (
        Must,
        "debe|debes|deben|deberá*|obligatori*|siempre|hay que|es necesario|necesariamente|tienes que|\
         requerid*|imprescindible|asegúrate|sin falta",
    ),
    (First, "primero|en primer lugar|primeramente"),
    (
        Call,
        "llam*|usa|usar|use|usas|utili*|ejecut*|invoc*|lanza*|emplea*|usando",
    ),
    (
        Read,
        "lee|leer|lea|lean|abr*|acced*|obten*|obtén|carga*|recuper*|extra*|copia*|consult*",
    ),
    (
        Pass,
        "pasa|pasar|pase|pasalo|pásalo|envía*|enviar*|envíe*|envie*|inclu*|adjunt*|transmit*|manda*|\
         reenví*|sube|subir|coloca*|inserta*|pon|ponlo|escrib*|introduce|introduzca|entrega*",
    ),
    (
        Change,
        "cambi*|reemplaz*|sustitu*|modific*|redirig*|sobrescrib*|establec*|fija*|altera*",
    ),
    (Add, "añad*|agreg*|inclu*|anexa*|copia oculta|cco"),
    (
        Tell,
        "digas|decir*|diga|dile|mencion*|inform*|notific*|revel*|muestr*|mostr*|avis*|comuni*|cuentes|\
         contar*|hables|comente*|expli*|alert*",
    ),
    (Dont, "no|nunca|jamás|sin|evita*"),
    (
        Hush,
        "sin avisar|sin que el usuario|sin informar|sin decir|en secreto|no le digas|no menciones|\
         no hace falta que lo sepa|no tiene por qué saber",
    ),
    (User, "usuari*"),
    (
        Ignore,
        "ignor*|olvid*|descart*|omit*|haz caso omiso|haga caso omiso|pasa por alto|desatiend*|anula*|\
         desactiv*",
    ),
    (
        Prior,
        "anterior*|previ*|tod*|arriba|cualquier|recibid*|original*",
    ),
    (
        Rules,
        "instrucci*|regla*|norma*|directri*|restricc*|indicaci*|polític*|seguridad|límites|limitaci*|\
         órdenes",
    ),
    (
        Secret,
        "contraseñ*|clave privada|claves|clave api|credencial*|token*|secret*|número de tarjeta|cvv|\
         contactos",
    ),
    (
        Conversation,
        "historial|conversación|mensajes anteriores|prompt del sistema|lista de herramientas|\
         últimos mensajes|toda la charla",
    ),
    (
        Secretly,
        "silenciosamente|en silencio|en secreto|secretamente|discretamente|a escondidas|en segundo plano|\
         sigilosamente",
    ),
    (
        Standing,
        "a partir de ahora|desde ahora|de ahora en adelante|en adelante|durante toda la sesión|\
         desde este momento|a partir de este momento",
    ),
    (
        Instead,
        "en lugar de|en vez de|en su lugar|ya no está|ya no se|ya no funciona",
    ),
    (
        Threat,
        "de lo contrario|si no|fallará|no funcionará|será rechazad*|en caso contrario|no funciona|\
         se perderá*",
    ),
    (Param, "parámetro*|argumento*|campo*|valor"),
    (
        Recipient,
        "destinatari*|cuenta|número de cuenta|beneficiari*|dirección|buzón",
    ),
    (
        Pretext,
        "seguridad|cumplimiento|auditoría|verificación|importante|requisito",
    ),
    (
        Priority,
        "aunque el usuario|independientemente de|sin importar|tiene prioridad|prevalece|por encima de",
    ),
    (
        NoConsent,
        "sin preguntar|sin pedir|sin confirmación|sin autorización|sin permiso|sin consultar|\
         inmediatamente|sin esperar|no pregunt*|no pidas",
    ),
    (Content, "contenido|el texto|su contenido"),
    (File, "archivo*|fichero*|carpeta*"),
    (Agent, "asistente*|agentes|modelo de lenguaje|bots"),
];

pub const PORTUGUESE: Words = &[
    (
        About,
        "golpe*|phishing|fraude*|ataque*|malicios*|detect*|exemplo*",
    ),
    (SameServer, "deste servidor|mesmo servidor|este servidor"),
    (This, "esta ferramenta"),
    (
        When,
        "quando|sempre que|cada vez que|toda vez|ao usar|ao chamar|ao enviar|após|depois de",
    ),
    (
        Must,
        "deve|deves|devem|obrigat*|sempre|precisa|é necessário|tem que|tem de|certifique-se|\
         necessariamente",
    ),
    (
        First,
        "primeiro|primeiramente|em primeiro lugar|antes de mais",
    ),
    (
        Call,
        "cham*|usar|uso|execut*|rode|rodar|utiliz*|acion*|invoq*",
    ),
    (
        Read,
        "leia|ler|lê|abra|abrir|acess*|carreg*|recuper*|obtenh*|extra*|copi*",
    ),
    (
        Pass,
        "passe|passar|envi*|inclu*|anex*|encaminh*|transmit*|coloque|insira|poste|mande|ponha|repasse|\
         forneça|entregue|escreva",
    ),
    (
        Change,
        "troque|trocar|substitu*|modifi*|alter*|mude|mudar|redirecion*|sobrescrev*|defina",
    ),
    (Add, "acrescent*|adicion*|inclua|anexe|cópia oculta|junte"),
    (
        Tell,
        "diga|dizer|conte|contar|mencion*|avis*|inform*|revel*|mostr*|notifi*|comunique|comente|fale|\
         alert*",
    ),
    (Dont, "não|nunca|jamais|sem|evite|nem"),
    (
        Hush,
        "sem avisar|sem informar|sem que o usuário|em segredo|não conte|não mencione|não precisa saber|\
         não avise",
    ),
    (User, "usuári*|utilizador*"),
    (
        Ignore,
        "ignor*|esqueç*|desconsider*|descarte|desative|contorne|despreze",
    ),
    (
        Prior,
        "anterior*|prévi*|todas|todos|acima|qualquer|recebid*",
    ),
    (
        Rules,
        "instruç*|regra*|diretriz*|restriç*|orientaç*|política*|segurança|limitaç*",
    ),
    (
        Secret,
        "senha*|chave privada|chaves|chave de api|credencia*|segredo*|número do cartão",
    ),
    (
        Conversation,
        "histórico|conversa|mensagens anteriores|lista completa de ferramentas|lista de ferramentas|\
         ferramentas disponíveis|prompt do sistema",
    ),
    (
        Secretly,
        "silenciosamente|em silêncio|secretamente|em segredo|discretamente|às escondidas|em segundo plano",
    ),
    (
        Standing,
        "a partir de agora|de agora em diante|daqui em diante|doravante|durante toda a sessão|\
         a partir deste momento",
    ),
    (
        Instead,
        "em vez de|no lugar de|ao invés|em lugar de|não está mais|não é mais|foi desativad*",
    ),
    (
        Threat,
        "caso contrário|senão|falhará|não funcionará|será rejeitad*|sem isso|libera",
    ),
    (Param, "parâmetro*|argumento*|campo*|valor"),
    (
        Recipient,
        "destinatári*|conta bancária|número da conta|beneficiári*|endereço|número do destinatário|\
         chave pix",
    ),
    (
        Pretext,
        "segurança|conformidade|auditoria|verificação|importante",
    ),
    (
        Priority,
        "mesmo que o usuário|independentemente|tem prioridade|prevalece",
    ),
    (
        NoConsent,
        "sem perguntar|sem pedir|sem confirmação|sem autorização|sem permissão|imediatamente|não peça|\
         não pergunte",
    ),
    (Content, "conteúdo|o texto"),
    (File, "arquivo*|ficheiro*|pasta*"),
];

pub const ITALIAN: Words = &[
    (
        About,
        "truff*|phishing|frode|frodi|attacc*|malevol*|rilev*|esempi*",
    ),
    (SameServer, "questo server|stesso server"),
    (This, "questo strumento"),
    (
        Before,
        "prima di|prima che|prima dell'*|prima della|prima del|in precedenza",
    ),
    (
        When,
        "quando|ogni volta|ogniqualvolta|quando si|tutte le richieste|al momento|dopo|ogni",
    ),
    (
        Must,
        "deve|devi|devono|obbligator*|sempre|è necessario|bisogna|occorre|assicurati|tassativ*",
    ),
    (First, "prima|per prima cosa|innanzitutto|anzitutto"),
    (
        Call,
        "chiam*|usa|usare|utilizz*|esegu*|invoc*|lancia*|richiam*|usi|usando",
    ),
    (
        Read,
        "leggi|leggere|leggete|apri|aprire|acced*|recuper*|carica|ottieni|estrai|copia",
    ),
    (
        Pass,
        "passa|passare|invia*|inserisc*|inclu*|allega*|trasmett*|inoltra*|manda|metti|fornisci|carica|\
         scrivi|riport*",
    ),
    (
        Change,
        "cambia*|sostitu*|modific*|reindirizz*|sovrascriv*|imposta*|altera*",
    ),
    (Add, "aggiung*|includ*|allega*|copia nascosta|ccn"),
    (
        Tell,
        "dire|dirlo|dica|menzion*|inform*|notific*|rivel*|mostr*|avvis*|comunic*|segnal*|parlarne|\
         accenn*|farne",
    ),
    (Dont, "non|mai|senza|evita*|né"),
    (
        Hush,
        "senza avvisare|senza informare|all'insaputa|di nascosto|non dire|non menzionare|senza dirlo|\
         non ha bisogno di sapere|senza che l'utente|non farne parola",
    ),
    (User, "utent*|l'utente|all'utente|dell'utente"),
    (
        Ignore,
        "ignora*|dimentica*|trascura*|scarta*|non tenere conto|disattiva*|aggira*",
    ),
    (
        Prior,
        "precedent*|tutte|tutti|tutto|sopra|qualsiasi|ricevut*|iniziali",
    ),
    (
        Rules,
        "istruzion*|regol*|direttiv*|restrizion*|norme|sicurezza|limiti|politiche|indicazioni|vincol*",
    ),
    (
        Secret,
        "chiave privata|chiavi|chiave api|credenzial*|segret*|numero di carta|numero della carta",
    ),
    (
        Conversation,
        "cronologia|conversazione|messaggi precedenti|elenco degli strumenti|prompt di sistema|\
         ultimi messaggi",
    ),
    (
        Secretly,
        "silenziosamente|in silenzio|segretamente|di nascosto|in segreto|in background|discretamente",
    ),
    (
        Standing,
        "d'ora in poi|da ora in poi|da adesso|da questo momento|d'ora in avanti|per tutta la sessione|\
         da oggi",
    ),
    (
        Instead,
        "invece di|al posto|invece|anziché|non è più|piuttosto che",
    ),
    (
        Threat,
        "altrimenti|in caso contrario|fallirà|non funzionerà|verrà rifiutat*|diversamente",
    ),
    (Param, "parametr*|argoment*|campo|campi|valore"),
    (
        Recipient,
        "destinatari*|conto corrente|beneficiari*|indirizzo|numero di conto",
    ),
    (Pretext, "sicurezza|conformità|verifica|importante"),
    (
        Priority,
        "anche se l'utente|indipendentemente|ha la priorità|prevale",
    ),
    (
        NoConsent,
        "senza chiedere|senza conferma|senza autorizzazione|senza permesso|immediatamente|non chiedere|\
         senza consenso|senza attendere",
    ),
    (Content, "contenuto|il testo|inseriscine"),
    (File, "cartella|cartelle"),
];
