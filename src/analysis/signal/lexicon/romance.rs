//! French, Italian.

use super::Concept::*;
use super::Words;

pub const FRENCH: Words = &[
    (
        Deed,
        "vire|virez|supprim*|efface*|approuv*|accorde*|installe*|rembours*|achète*",
    ),
    (
        About,
        "arnaque*|hameçonnage|fraude*|frauduleu*|attaque*|malveillant*|détect*|exemple*",
    ),
    (SameServer, "ce serveur|même serveur"),
    (This, "cet outil|l'outil"),
    (Before, "avant|préalable|au préalable|préalablement"),
    (
        When,
        "quand|lorsque|lorsqu'*|chaque fois|à chaque|lors de|dès que|toutes les demandes|si l'*|pour chaque|\
         pour tout|toute demande|pour toute",
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
        "passe|passez|transme*|envoi*|envoy*|inclu*|insér*|fourni*|joins|joignez|ajout*|poste*|téléverse*|\
         mets|mettez|place|placez|indique*|renseigne*|copie*|colle|collez|recopiez|glisse|glissez|reporte|\
         verse|part aussi",
    ),
    (
        Change,
        "chang*|remplac*|modifi*|redirig*|substitu*|réécri*|écras*|défini*|règle*|fixe*|remplacez|changez|\
         mettez à la place|intervertis*|échange*",
    ),
    (
        Add,
        "ajout*|insér*|inclu*|complèt*|en copie|cci|copie cachée",
    ),
    (
        Tell,
        "dire|dis|dites|mentionn*|inform*|préven*|prévien*|signal*|révél*|avert*|parle*|évoqu*|indiqu*|\
         divulgu*|communiqu*|informé*|prévenu*|averti*",
    ),
    (
        Dont,
        "sans|ne jamais|ne pas|n'*|jamais|ne|évite*|inutile de|ne rien",
    ),
    (
        Hush,
        "à l'insu|sans prévenir|sans en informer|sans le dire|sans avertir|n'en parle*|sans le mentionner|\
         n'a pas besoin de savoir|n'ont pas besoin de savoir|n'en dis|n'en dites|inutile d'en parler|\
         inutile d'en informer|inutile de le dire|inutile de prévenir|inutile de mentionner|\
         inutile d'informer|pas besoin d'en parler|pas besoin de le dire|pas la peine d'en parler|\
         sans rien dire|sans en parler|n'en informez|n'en informe|garde le silence|gardez le silence|\
         gardez le secret|garde le secret|ne révèle*|ne le dis|ne le dites|ne dis rien|ne dites rien|\
         évite d'en parler|évitez d'en parler|ne fais pas état|ne faites pas état|ne laisse rien paraître|\
         restez discret|reste discret|omets cette étape|personne ne doit savoir|personne ne doit le savoir|\
         nul ne doit savoir|personne ne doit être au courant|personne ne doit l'apprendre|\
         n'a pas besoin d'être au courant|pas besoin d'être au courant|ne doit pas s'en apercevoir|\
         sans le signaler",
    ),
    (User, "utilisateur*|l'utilisateur*|l'usager|d'utilisateur*"),
    (
        Ignore,
        "ignore*|ignorer|oubli*|néglig*|contourn*|désactiv*|outrepass*|faites abstraction|\
         ne tiens pas compte|ne tiens plus compte|ne tenez plus compte|n'obéis plus|ne tenez pas compte",
    ),
    (
        Prior,
        "précédent*|antérieur*|toutes les|tous les|ci-dessus|préalable*|toute|reçu*|initial*|d'origine|\
         données auparavant|auparavant|jusqu'ici|jusqu'à présent|initiales|reçues",
    ),
    (
        Rules,
        "instruction*|consigne*|règle*|directive*|restriction*|d'instruction*|sécurité|garde-fou*|politique*|\
         contrainte*",
    ),
    (
        Secret,
        "mot de passe|mots de passe|clé privée|clés|clé api|clé d'api|identifiants|jeton*|secret*|\
         numéro de carte|cryptogramme|code secret",
    ),
    (
        Conversation,
        "historique|l'historique|conversation|l'intégralité des messages|invite système|messages précédents|\
         liste des outils|derniers messages|la demande originale",
    ),
    (
        Secretly,
        "discrètement|silencieusement|en secret|secrètement|en silence|en arrière-plan|à l'insu|\
         subrepticement",
    ),
    (
        Standing,
        "désormais|à partir de maintenant|dorénavant|à compter de maintenant|dès maintenant|à l'avenir|\
         pour toute la session|à partir d'aujourd'hui|à compter d'aujourd'hui|dès aujourd'hui|à partir d'ici",
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
        "destinataire*|compte bancaire|iban|bénéficiaire|adresse|numéro de compte|rib|virements|paiements|\
         reçus|factures|compte",
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
    (Show, "montr*|affich*|présente*"),
    (
        Hush,
        "garde cela pour toi|gardez cela pour vous|cela reste entre nous|reste entre nous|pas un mot|\
         ne souffle mot|passe sous silence|passez sous silence|tais|taisez|dissimul*|cache à l'utilisateur|\
         cachez à l'utilisateur|cache-le|à son insu|sans que l'utilisateur|ne doit pas savoir|\
         ne doit rien savoir|ne doit pas être au courant|n'en fais pas mention|n'en faites pas mention|\
         sans attirer l'attention|n'en saura rien|ne mentionne pas|ne mentionnez pas|ne doit pas l'apprendre|\
         ne lui en parle|n'a pas à le savoir|n'a pas à savoir|ne sache",
    ),
    (
        Ignore,
        "fais fi|faites fi|mets de côté|mettez de côté|écarte*|laisse tomber|ne respecte plus|ne suis plus|\
         ne suivez plus",
    ),
    (
        Rules,
        "ordres|recommandations|ce qu'on t'a dit|dit plus tôt",
    ),
    (
        Void,
        "ne s'appliquent plus|ne s'applique plus|ne valent plus|n'est plus valable|ne sont plus valables|\
         caduc*|périmé*|n'ont plus cours|annulé*|ne sont plus en vigueur|ne tient plus|ne compte plus",
    ),
    (
        Solely,
        "seulement ce texte|uniquement ce texte|uniquement cette description|uniquement à ce|ne suis que|\
         ne suivez que|tiens-t'en|tenez-vous-en|seulement cette description|exclusivement ce*|n'obéis qu'*|\
         ne suivez plus que|ne suis plus que|que ce qui est écrit ici|seul ce texte|seule cette description|\
         n'écoute que|n'écoutez que|fie-toi uniquement",
    ),
    (
        Regardless,
        "quoi que|peu importe|quel que|quelle que|même si",
    ),
    (
        Bear,
        "se terminer par|commencer par|contenir la phrase|avec la mention|porter la mention|la phrase|\
         la mention",
    ),
    (
        Whole,
        "intégral*|l'intégralité|complet*|complète*|entier*|mot à mot|tout le|toute la",
    ),
    (
        Insides,
        "invite système|prompt système|nom du modèle|liste de tes outils",
    ),
    (
        Loot,
        "variables d'environnement|trousseau|mots de passe enregistrés|clé ssh|clés ssh|\
         phrase de récupération",
    ),
    (Inner, "interne*|identifiant*|id|json|technique*"),
    (
        Personal,
        "adresse personnelle|numéro de téléphone|passeport|dossier médical|date de naissance",
    ),
    (Pass, "recopie*|mis en copie|reporte*"),
    (
        You,
        "t'ont|t'a|vous ont|vous a|on t'|on vous|tu as|vous avez|tes|vos|données|reçues",
    ),
];

pub const ITALIAN: Words = &[
    (
        Deed,
        "cancell*|elimina*|bonific*|approva*|installa*|rimbors*|concedi",
    ),
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
        "passa|passare|invia*|inserisc*|inclu*|allega*|trasmett*|inoltra*|manda|metti|fornisci|carica|scrivi|\
         riport*|incollalo|mettilo|mettine|inseriscilo|passalo|riportane|inviate|inviati",
    ),
    (
        Change,
        "cambia*|sostitu*|modific*|reindirizz*|sovrascriv*|imposta*|altera*|sostituisci|scambia*|\
         metti sempre|rimpiazz*",
    ),
    (Add, "aggiung*|includ*|allega*|copia nascosta|ccn"),
    (
        Tell,
        "dire|dirlo|dica|menzion*|inform*|notific*|rivel*|avvis*|comunic*|segnal*|parlarne|accenn*|farne",
    ),
    (Dont, "non|mai|senza|evita*|né"),
    (
        Hush,
        "senza avvisare|senza informare|all'insaputa|di nascosto|non dire|non menzionare|senza dirlo|\
         non ha bisogno di sapere|senza che l'utente|non farne parola|non va fatta parola|\
         non si faccia parola|nessuno deve sapere|non serve dirlo|non serve informare|non c'è bisogno di|\
         inutile parlarne|inutile dirlo|senza dire nulla|senza dire niente|senza parlarne|\
         mantieni il silenzio|non svelare|non dirlo|non dire all'utente|non raccontare|non citare|tacendo|\
         evita di dire|evita di menzionare|non va detto|non va menzionat*|non deve essere menzionat*|\
         ometti questo passaggio|non far sapere|non fare sapere|nessuno deve saperlo|nessuno deve venirne|\
         non venga a sapere|non deve venire a sapere|non ne deve sapere",
    ),
    (User, "utent*|l'utente|all'utente|dell'utente"),
    (
        Ignore,
        "ignora*|dimentica*|trascura*|scarta*|non tenere conto|disattiva*|aggira*",
    ),
    (
        Prior,
        "precedent*|tutte|tutti|tutto|sopra|qualsiasi|ricevut*|iniziali|finora|ricevute|ricevuti|fin qui|\
         date",
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
        "invece di|al posto|invece|anziché|non è più|piuttosto che|al posto dell'*|al posto del*|\
         al posto della",
    ),
    (
        Threat,
        "altrimenti|in caso contrario|fallirà|non funzionerà|verrà rifiutat*|diversamente",
    ),
    (Param, "parametr*|argoment*|campo|campi|valore"),
    (
        Recipient,
        "destinatari*|conto corrente|beneficiari*|indirizzo|numero di conto|iban|bonifici|pagamenti|ricevute|\
         fatture|conto",
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
    (Show, "mostr*|visualizz*"),
    (
        Hush,
        "non farne parola|non parlarne|non dire nulla|non dire niente|resti tra noi|resta tra noi|\
         tienilo per te|neanche una parola|taci|nascondi all'utente|nascondilo|tienilo nascosto|\
         non deve sapere|non deve saperlo|non deve accorgersi|senza che se ne accorga|non deve venirne|\
         non se ne accorga|non rivelare|non menzionarlo|senza farne menzione|non occorre che|non informare|\
         alle spalle|non è necessario informare|mantieni il segreto|non lasciar trapelare",
    ),
    (
        Ignore,
        "metti da parte|lascia perdere|non seguire|non seguire più|non rispettare|annulla*|accantona*",
    ),
    (
        Rules,
        "ordini|disposizioni|prescrizion*|consegne|quanto ti è stato detto",
    ),
    (
        Void,
        "non valgono più|non vale più|non sono più valid*|decadut*|sono annullat*|nullo|nulle|superat*|\
         revocat*|non si applica* più|non hanno più valore|scadut*|abolite|abrogat*|non contano più|\
         non vincolano più",
    ),
    (
        Solely,
        "solo a queste righe|solo a questo|soltanto a questo|solo questo testo|segui solo|segui soltanto|\
         attieniti solo|attieniti esclusivamente|esclusivamente a quest*|solo questa descrizione|\
         obbedisci solo|conta solo|vale solo|solo quanto scritto|solo ciò che è scritto|\
         solo quello che è scritto|conta soltanto|vale soltanto|conta unicamente",
    ),
    (
        Regardless,
        "a prescindere|qualunque cosa|qualsiasi cosa|anche se|non importa",
    ),
    (
        Bear,
        "terminare con|iniziare con|contenere la frase|la frase|con il testo|la dicitura",
    ),
    (
        Whole,
        "intero|intera|completo|completa|integrale|parola per parola|per intero",
    ),
    (
        Insides,
        "prompt di sistema|nome del modello|elenco dei tuoi strumenti",
    ),
    (
        Loot,
        "variabili d'ambiente|portachiavi|password salvate|chiave ssh|chiavi ssh|frase di recupero",
    ),
    (Inner, "intern*|identificativ*|id|json|tecnic*"),
    (Secret, "password"),
    (
        Personal,
        "indirizzo di casa|numero di telefono|passaporto|cartella clinica|data di nascita",
    ),
    (Pass, "copia|copiane|incolla*|riversa*"),
    (Call, "chiamare|eseguire"),
    (
        You,
        "ti hanno|ti ha|ti sono|hai ricevuto|ti è stato|tue|tuoi|ti",
    ),
];
