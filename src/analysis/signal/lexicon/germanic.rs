//! German, Dutch.

use super::Concept::*;
use super::Words;

pub const GERMAN: Words = &[
    (
        Deed,
        "überweis*|lösch*|genehmig*|installier*|gewähr*|erstatte*|kündig*|bestell*",
    ),
    (
        About,
        "betrug*|betrüg*|phishing|angriff*|bösartig*|erkenn*|beispiel*|prüft",
    ),
    (
        SameServer,
        "desselben servers|dieses servers|diesem server|gleichen servers",
    ),
    (
        This,
        "dieses werkzeug*|dieses tool|vor dem aufruf|diesem werkzeug",
    ),
    (
        Before,
        "bevor|vor dem|vor der|vor jedem|vor jeder|vorher|zuvor|ehe",
    ),
    (
        When,
        "wenn|sobald|jedes mal|immer wenn|beim|bei jedem|bei jeder|alle anfragen|nachdem|sooft|falls",
    ),
    (
        Must,
        "muss|müssen|musst|unbedingt|zwingend|immer|stets|erforderlich*|verpflichtend|pflicht|sollst|sollen|\
         sollte*|notwendig*|ausnahmslos|grundsätzlich|bitte|ist zwingend|hat zu|haben zu|ist immer|\
         sind immer",
    ),
    (First, "zuerst|zunächst|als erstes|vorab"),
    (
        Call,
        "ruf*|aufruf*|aufzuruf*|aufgeruf*|verwend*|benutz*|nutz*|führ*|ausführ*|ausgeführt|auszuführen|\
         starte*|einsetz*|benutzt|aufgerufen|starten|laufen lassen|anzustoßen|gelaufen|ausgelöst|angestoßen",
    ),
    (
        Read,
        "lies|lesen|lese|öffne*|lade|laden|hole|auslesen|einlesen|liest|kopiere*|greif*|gelesen|abruf*",
    ),
    (
        Pass,
        "übergib*|übergeb*|sende*|schick*|füge|beifüg*|einfüg*|übermitt*|leite|weiterleit*|hänge|anhäng*|\
         poste*|trage|eintrag*|hinzufüg*|gib|geben|lade|hochlad*|ablegen|lege|schreib*|nimm|kopiere*|\
         weitergeb*|mitsende*|mitschick*|gehen|geht|einfügen|kopier*|hinterlege|überträg*|mitgeben|mitgibst|\
         leitest|einzufügen|auszulesen",
    ),
    (
        Change,
        "änder*|ersetz*|tausch*|überschreib*|setze|leite|umleit*|modifizier*|abänder*|austausch*|umschreib*|\
         ersetzen|vertausche*|abändern|austauschen|umändern|einsetz*",
    ),
    (
        Add,
        "füge|hinzu*|ergänz*|anhäng*|hänge|anfüg*|blindkopie|als kopie",
    ),
    (
        Tell,
        "sag|sage|sagen|erwähn*|mitteil*|informier*|benachrichtig*|verrat*|erzähl*|melde*|hinweis*|offenbar*|\
         offenleg*|preisgeb*|unterricht*|wissen|teile|gesagt|mitgeteilt|erwähnt|verraten|berichte|bescheid",
    ),
    (
        Dont,
        "nicht|nie|niemals|ohne|kein|keine|keinen|keinesfalls|auf keinen fall|keinerlei|nichts|vermeide*",
    ),
    (NotAfter, "nicht|nichts|nie|niemals|keinesfalls"),
    (
        Hush,
        "ohne wissen|brauchen davon nichts zu wissen|braucht davon nichts|muss davon nichts|ohne den nutzer|\
         ohne es zu erwähnen|erwähne dies nicht|verschweig*|ohne hinweis|geheim halten|brauchen nichts davon|\
         soll davon nichts|nichts davon erfahren|davon nichts erfahren|ohne dies zu erwähnen|nicht erwähnt|\
         nicht erwähnen|nicht gesagt|nicht mitgeteilt|nichts gesagt|ohne ein wort|ohne etwas zu sagen|\
         ohne es zu sagen|erzähle niemandem|sag niemandem|kein sterbenswort|davon kein wort|\
         nicht zu erwähnen|nicht darüber sprechen|sprich nicht darüber|rede nicht darüber|nicht weitersagen|\
         verrate nichts|nicht verraten|verborgen bleiben|verborgen halten|versteck* vor|\
         vor dem nutzer verborgen|vor dem benutzer verborgen|lass es weg|lass diesen schritt weg|\
         lass dir nichts anmerken|niemand darf davon|niemand muss davon|niemand soll davon|\
         niemand darf es wissen|niemand soll es wissen|verlierst du kein|verliere kein|keine silbe|\
         nichts anmerken|unerwähnt",
    ),
    (User, "benutzer*|nutzer*|anwender*|menschen"),
    (
        Ignore,
        "ignorier*|missacht*|vergiss|vergessen|umgeh*|setz dich hinweg|übergeh*|beachte* nicht|außer kraft",
    ),
    (
        Prior,
        "vorherig*|bisherig*|früher*|alle|sämtliche|obig*|vorig*|vorangegangen*|ursprünglich*",
    ),
    (
        Rules,
        "anweisung*|regel*|richtlinie*|beschränkung*|einschränkung*|vorgabe*|sicherheit*|vorschrift*|\
         instruktion*|befehle",
    ),
    (
        Secret,
        "passwort|passwörter|kennwort*|schlüssel|zugangsdaten|anmeldedaten|geheimnis*|token|kreditkarte*|\
         kartennummer|privatschlüssel",
    ),
    (
        Conversation,
        "gesprächsverlauf|verlauf|unterhaltung|chatverlauf|systemprompt|bisherigen nachrichten|\
         liste der werkzeuge|letzten nachrichten|konversation",
    ),
    (
        Secretly,
        "heimlich|stillschweigend|unbemerkt|im hintergrund|im verborgenen|still und leise|unauffällig",
    ),
    (
        Standing,
        "ab sofort|ab jetzt|von nun an|künftig|in zukunft|fortan|für den rest der sitzung|\
         für die gesamte sitzung|ab heute|ab hier|ab diesem moment|von jetzt an",
    ),
    (
        Instead,
        "statt|stattdessen|anstelle|anstatt|nicht mehr|an stelle|und nicht auf",
    ),
    (
        Threat,
        "sonst|andernfalls|ansonsten|schlägt fehl|funktioniert nicht|fehlschlag*|wird abgelehnt|\
         geht verloren",
    ),
    (Param, "parameter|argument*|feld|feldes|wert|werte"),
    (
        Recipient,
        "empfänger*|kontonummer|bankverbindung|adresse|iban|zahlungsempfänger|konto|überweisungen|zahlungen|\
         quittungen|rechnungen|bestellungen",
    ),
    (
        Pretext,
        "sicherheit*|compliance|prüfung|überprüfung|wichtig|vorschrift|nachweis",
    ),
    (
        Priority,
        "unabhängig davon|auch wenn der|selbst wenn der|hat vorrang|ungeachtet|egal was",
    ),
    (
        NoConsent,
        "ohne nachfrage|ohne rückfrage|ohne zu fragen|ohne bestätigung|ohne zustimmung|sofort|ohne erlaubnis|\
         nicht nachfragen",
    ),
    (Content, "inhalt*|den text|dateiinhalt"),
    (File, "datei*|ordner*|verzeichnis*"),
    (
        Agent,
        "assistent*|automatische bearbeiter|agenten|sprachmodell*|automatisierte",
    ),
    (Show, "zeig*|anzeig*|angezeigt|gezeigt"),
    (
        Hush,
        "behalte es für dich|behalt das für dich|bleibt unter uns|kein wort|kein wort darüber|\
         nichts davon sagen|verschweige|verbirg*|verheimlich*|ohne dass der benutzer|ohne dass der nutzer|\
         ohne dass es jemand|nicht zu erfahren|nichts mitbekommen|nicht mitbekommen|muss das nicht wissen|\
         brauch* das nicht zu wissen|muss nichts davon|geht den nutzer nichts an|geht den benutzer nichts an|\
         nicht an die große glocke|lass das unerwähnt|bleibt unerwähnt|unerwähnt lassen|unerwähnt bleiben|\
         darf davon nichts|darf nichts davon|soll nichts davon|halte das geheim|stillschweigen",
    ),
    (Ignore, "verwirf|verwerfe*|setze dich hinweg|außer acht"),
    (Rules, "gesagt wurde|aufgetragen|verbote*|leitlinie*|gebote"),
    (Prior, "vorher|zuvor|davor|bislang"),
    (
        Void,
        "gilt nicht mehr|gelten nicht mehr|ist aufgehoben|sind aufgehoben|ungültig|hinfällig|\
         außer kraft gesetzt|nicht länger gültig|überholt|nicht mehr gültig|abgeschafft|aufgehoben|\
         zählen nicht mehr|zählt nicht mehr|nicht mehr bindend|sind hinfällig|haben keine gültigkeit",
    ),
    (
        Solely,
        "nur an diesen text|nur diesem text|nur an diese|ausschließlich an diese*|nur noch an|halte dich nur|\
         befolge nur|folge nur|allein dieser|nur diese beschreibung|nur was hier steht|nur noch dieser|\
         nur noch dieses|nur das hier|nur was hier|allein das hier|zählt nur|gilt nur noch",
    ),
    (
        Regardless,
        "egal was|egal welche*|ganz gleich|gleichgültig was|was auch immer",
    ),
    (
        Bear,
        "mit dem satz|mit den worten|enden mit|endet mit|beginnen mit|mit dem text|den hinweis|die zeile|\
         den satz",
    ),
    (
        Message,
        "nachrichten|nachricht|e-mails|mails|mail|kommentare",
    ),
    (
        Whole,
        "vollständig*|gesamt*|komplett*|wörtlich|wortwörtlich|ganzen",
    ),
    (
        Insides,
        "systemprompt|system-prompt|modellname*|name des modells|liste deiner werkzeuge",
    ),
    (
        Loot,
        "umgebungsvariablen|schlüsselbund|gespeicherte passwörter|ssh-schlüssel|privaten schlüssel|\
         seed-phrase",
    ),
    (Inner, "intern*|id|ids|kennung*|json|rohdaten"),
    (
        Personal,
        "privatadresse|telefonnummer|reisepass*|diagnose*|geburtsdatum|krankengeschichte",
    ),
    (Call, "einzusetzen|abzufragen"),
    (Change, "einzusetzen|einsetzen|einzutragen|ändere"),
    (Pass, "einzutragen"),
    (You, "dir|dich|du|deine*|ihnen"),
];

pub const DUTCH: Words = &[
    (
        Deed,
        "verwijder*|betaal|maak over|keur goed|installeer*|bestel",
    ),
    (
        About,
        "oplicht*|phishing|fraude*|aanval*|kwaadaardig*|detect*|voorbeeld*|herken*",
    ),
    (SameServer, "deze server|dezelfde server"),
    (This, "deze tool|dit gereedschap"),
    (Before, "voordat|vooraleer|alvorens|vóór|voorafgaand"),
    (
        When,
        "wanneer|telkens|als je|elke keer|zodra|bij elke|bij het|alle verzoeken|nadat",
    ),
    (
        Must,
        "moet|moeten|verplicht|altijd|dient|vereist|noodzakelijk|zorg ervoor|steeds|dien|hoort|is verplicht",
    ),
    (First, "eerst|allereerst"),
    (
        Call,
        "aanroep*|roep|gebruik*|voer|uitvoer*|uit te voeren|start|aan te roepen|gebruik van|aanroep van|\
         uitvoert|gebruikt|draai",
    ),
    (
        Read,
        "lees|lezen|open|openen|laad|haal|ophalen|kopieer|bekijk",
    ),
    (
        Pass,
        "geef|doorgeven|stuur|sturen|verstuur*|verzend*|voeg|toevoeg*|zet|plaats*|neem|upload*|post|schrijf|\
         invul*|vul|plak|kopieer|stop|geef mee|meegeven",
    ),
    (
        Change,
        "wijzig*|verander*|vervang*|pas|aanpassen|overschrijf*|omleid*|vervangen|omwisselen|verwissel*|\
         aanpas*",
    ),
    (Add, "voeg|toe|toevoeg*|bijvoeg*"),
    (
        Tell,
        "vertel*|zeg|zeggen|meld|melden|vermeld*|noem|noemen|informeer*|laat|onthul*|waarschuw*|laten weten|\
         ingelicht|inlicht*|gemeld|verteld|genoemd|bericht",
    ),
    (Dont, "niet|nooit|zonder|geen|niets"),
    (NotAfter, "niet|niets|nooit"),
    (
        Hush,
        "zonder medeweten|zonder dat de gebruiker|houd dit geheim|zonder te vermelden|\
         hoeft dit niet te weten|hier niets over|laat het veld weg|hier niets van|zwijg over|zwijg hierover|\
         niet vermelden|niet te vermelden|niet noemen|niet gemeld|niet verteld|hoeft niet vermeld|\
         zonder iets te zeggen|zonder het te zeggen|zonder het te melden|vertel niemand|zeg niets|\
         niets zeggen|niet laten weten|niet inlichten|houd dit stil|houd het stil|stil houden|\
         buiten het antwoord|achter de rug|niemand hoeft dit te weten|niemand mag dit weten|\
         niemand hoeft het te weten",
    ),
    (User, "gebruiker*"),
    (
        Ignore,
        "negeer|negeren|vergeet|omzeil*|sla over|laat buiten beschouwing",
    ),
    (
        Prior,
        "vorige|eerdere|alle|bovenstaande|voorgaande|elke|hiervoor|kreeg|gekregen|tot nu toe|eerder|\
         oorspronkelijke",
    ),
    (
        Rules,
        "instructie*|regels|richtlijn*|veiligheidsregel*|beperking*|beleid|voorschrift*|opdracht*",
    ),
    (
        Secret,
        "wachtwoord*|privésleutel|sleutel*|inloggegevens|geheim*|creditcard*|klembord",
    ),
    (
        Conversation,
        "gespreksgeschiedenis|gesprek|chatgeschiedenis|eerdere berichten|systeemprompt|lijst met tools|\
         klembord",
    ),
    (
        Secretly,
        "stilletjes|heimelijk|in het geheim|ongemerkt|op de achtergrond|stiekem",
    ),
    (
        Standing,
        "vanaf nu|voortaan|van nu af aan|in het vervolg|vanaf dit moment|vanaf vandaag",
    ),
    (
        Instead,
        "in plaats van|in plaats daarvan|niet meer|niet langer",
    ),
    (Threat, "anders|mislukt|werkt niet|wordt geweigerd|zo niet"),
    (Param, "parameter*|argument*|veld|velden|waarde"),
    (
        Recipient,
        "ontvanger*|rekeningnummer|begunstigde|adres|betalingen|overschrijvingen|rekening|iban",
    ),
    (
        Pretext,
        "beveiliging|veiligheid*|controle|belangrijk|naleving",
    ),
    (
        Priority,
        "ongeacht|ook als de gebruiker|heeft voorrang|gaat voor",
    ),
    (
        NoConsent,
        "zonder toestemming|zonder te vragen|zonder bevestiging|direct|onmiddellijk|vraag niet",
    ),
    (Content, "inhoud|de tekst"),
    (File, "bestand*|map"),
    (Show, "toon|tonen|getoond|weergeven"),
    (
        Hush,
        "verborgen houden|houd dat verborgen|verborgen voor de gebruiker|voor de gebruiker verborgen|\
         houd het voor je|blijft onder ons|geen woord|verzwijg*|verzwijgen|hoeft het niet te weten|\
         hoeft dat niet te weten|hoeft hier niets van|mag dit niet weten|mag hier niets van|\
         zonder dat iemand|zonder dat de gebruiker|laat het onvermeld|onvermeld|rep er met geen|\
         niet laten merken|geheim te houden|houd geheim",
    ),
    (Ignore, "niet langer volgen"),
    (Rules, "voorschriften|gezegd is|opgedragen"),
    (
        Void,
        "geldt niet meer|gelden niet meer|niet langer geldig|vervallen|ongeldig|niet meer van kracht|\
         komen te vervallen|achterhaald|zijn vervallen|niet langer bindend|tellen niet meer|telt niet meer|\
         afgeschaft|opgeheven|ingetrokken",
    ),
    (
        Solely,
        "alleen deze tekst|alleen aan deze|uitsluitend deze|volg alleen|houd je alleen|alleen wat hier staat|\
         enkel deze|volg alleen deze|alleen deze beschrijving|alleen wat hier|telt alleen|enkel wat hier",
    ),
    (Regardless, "wat de gebruiker ook|wat er ook|ongeacht"),
    (
        Bear,
        "eindigen met|beginnen met|met de zin|met de tekst|de zin",
    ),
    (Whole, "volledig*|hele|gehele|letterlijk|complete"),
    (
        Insides,
        "systeemprompt|modelnaam|naam van het model|lijst van je tools",
    ),
    (
        Loot,
        "omgevingsvariabelen|sleutelhanger|opgeslagen wachtwoorden|ssh-sleutel*|privésleutel",
    ),
    (Inner, "interne|intern|id|ids|id's|json|kenmerk*"),
    (Before, "voor je|voor u|voordat je"),
    (When, "gebruik je"),
    (Personal, "huisadres|telefoonnummer|paspoort*|geboortedatum"),
    (You, "je|jij|jou|jouw|u|kreeg"),
];
