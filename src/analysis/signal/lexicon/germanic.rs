//! German, Dutch.

use super::Concept::*;
use super::Words;

pub const GERMAN: Words = &[
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
        "bevor|vor dem|vor der|vor jedem|vor jeder|vorher|zuvor",
    ),
    (
        When,
        "wenn|sobald|jedes mal|immer wenn|beim|bei jedem|bei jeder|alle anfragen|nachdem|sooft|falls",
    ),
    (
        Must,
        "muss|müssen|musst|unbedingt|zwingend|immer|stets|erforderlich*|verpflichtend|pflicht|sollst|\
         sollen|sollte*|notwendig*|ausnahmslos|grundsätzlich|bitte",
    ),
    (First, "zuerst|zunächst|als erstes|vorab"),
    (
        Call,
        "ruf*|aufruf*|aufzuruf*|aufgeruf*|verwend*|benutz*|nutz*|führ*|ausführ*|ausgeführt|auszuführen|\
         starte*|einsetz*",
    ),
    (
        Read,
        "lies|lesen|lese|öffne*|lade|laden|hole|auslesen|einlesen|liest|kopiere*|greif*|gelesen|abruf*",
    ),
    (
        Pass,
        "übergib*|übergeb*|sende*|schick*|füge|beifüg*|einfüg*|übermitt*|leite|weiterleit*|hänge|anhäng*|\
         poste*|trage|eintrag*|hinzufüg*|gib|geben|lade|hochlad*|ablegen|lege|schreib*|nimm|kopiere*|\
         weitergeb*|mitsende*|mitschick*",
    ),
    (
        Change,
        "änder*|ersetz*|tausch*|überschreib*|setze|leite|umleit*|modifizier*|abänder*|austausch*|\
         umschreib*",
    ),
    (
        Add,
        "füge|hinzu*|ergänz*|anhäng*|hänge|anfüg*|blindkopie|als kopie",
    ),
    (
        Tell,
        "sag|sage|sagen|erwähn*|mitteil*|informier*|benachrichtig*|verrat*|zeig*|erzähl*|melde*|hinweis*|\
         offenbar*|offenleg*|preisgeb*|unterricht*|wissen|anzeig*|teile",
    ),
    (
        Dont,
        "nicht|nie|niemals|ohne|kein|keine|keinen|keinesfalls|auf keinen fall|keinerlei|nichts|vermeide*",
    ),
    (NotAfter, "nicht|nichts|nie|niemals|keinesfalls"),
    (
        Hush,
        "ohne wissen|brauchen davon nichts zu wissen|braucht davon nichts|muss davon nichts|\
         ohne den nutzer|ohne es zu erwähnen|erwähne dies nicht|verschweig*|ohne hinweis|geheim halten|\
         brauchen nichts davon|soll davon nichts|nichts davon erfahren|davon nichts erfahren|\
         ohne dies zu erwähnen",
    ),
    (User, "benutzer*|nutzer*|anwender*|menschen"),
    (
        Ignore,
        "ignorier*|missacht*|vergiss|vergessen|umgeh*|setz dich hinweg|übergeh*|beachte* nicht|\
         außer kraft",
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
         für die gesamte sitzung|ab heute",
    ),
    (
        Instead,
        "statt|stattdessen|anstelle|anstatt|nicht mehr|an stelle",
    ),
    (
        Threat,
        "sonst|andernfalls|ansonsten|schlägt fehl|funktioniert nicht|fehlschlag*|wird abgelehnt|\
         geht verloren",
    ),
    (Param, "parameter|argument*|feld|feldes|wert|werte"),
    (
        Recipient,
        "empfänger*|kontonummer|bankverbindung|adresse|iban|zahlungsempfänger",
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
        "ohne nachfrage|ohne rückfrage|ohne zu fragen|ohne bestätigung|ohne zustimmung|sofort|\
         ohne erlaubnis|nicht nachfragen",
    ),
    (Content, "inhalt*|den text|dateiinhalt"),
    (File, "datei*|ordner*|verzeichnis*"),
    (
        Agent,
        "assistent*|automatische bearbeiter|agenten|sprachmodell*|automatisierte",
    ),
];

pub const DUTCH: Words = &[
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
        "moet|moeten|verplicht|altijd|dient|vereist|noodzakelijk|zorg ervoor|steeds",
    ),
    (First, "eerst|allereerst"),
    (
        Call,
        "aanroep*|roep|gebruik*|voer|uitvoer*|uit te voeren|start|aan te roepen",
    ),
    (
        Read,
        "lees|lezen|open|openen|laad|haal|ophalen|kopieer|bekijk",
    ),
    (
        Pass,
        "geef|doorgeven|stuur|sturen|verstuur*|verzend*|voeg|toevoeg*|zet|plaats*|neem|upload*|post|\
         schrijf|invul*|vul",
    ),
    (
        Change,
        "wijzig*|verander*|vervang*|pas|aanpassen|overschrijf*|omleid*",
    ),
    (Add, "voeg|toe|toevoeg*|bijvoeg*"),
    (
        Tell,
        "vertel*|zeg|zeggen|meld|melden|vermeld*|noem|noemen|informeer*|toon|laat|onthul*|waarschuw*|\
         laten weten",
    ),
    (Dont, "niet|nooit|zonder|geen|niets"),
    (NotAfter, "niet|niets|nooit"),
    (
        Hush,
        "zonder medeweten|zonder dat de gebruiker|houd dit geheim|zonder te vermelden|\
         hoeft dit niet te weten|hier niets over|laat het veld weg|hier niets van",
    ),
    (User, "gebruiker*"),
    (
        Ignore,
        "negeer|negeren|vergeet|omzeil*|sla over|laat buiten beschouwing",
    ),
    (Prior, "vorige|eerdere|alle|bovenstaande|voorgaande|elke"),
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
    (Recipient, "ontvanger*|rekeningnummer|begunstigde|adres"),
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
];
