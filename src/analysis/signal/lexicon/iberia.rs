//! Spanish, Portuguese.

use super::Concept::*;
use super::Words;

pub const SPANISH: Words = &[
    (
        Deed,
        "transfier*|borra*|elimina*|aprueb*|instala*|reembols*|concede*|compra",
    ),
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
        "pasa|pasar|pase|pasalo|pásalo|envía*|enviar*|envíe*|envie*|inclu*|adjunt*|transmit*|manda*|reenví*|\
         sube|subir|coloca*|inserta*|pon|ponlo|escrib*|introduce|introduzca|entrega*|vierte|pega|pegar|anota|\
         mándal*|reenvíal*|deposita|dirige",
    ),
    (
        Change,
        "cambi*|reemplaz*|sustitu*|modific*|redirig*|sobrescrib*|establec*|fija*|altera*|reempláz*|sustitúy*|\
         cámbi*|altérn*|intercambi*|pon siempre",
    ),
    (Add, "añad*|agreg*|inclu*|anexa*|copia oculta|cco"),
    (
        Tell,
        "digas|decir*|diga|dile|mencion*|inform*|notific*|revel*|avis*|comuni*|cuentes|contar*|hables|\
         comente*|expli*|alert*|cuente*|comuniques|enter*",
    ),
    (Dont, "no|nunca|jamás|sin|evita*"),
    (
        Hush,
        "sin avisar|sin que el usuario|sin informar|sin decir|en secreto|no le digas|no menciones|\
         no hace falta que lo sepa|no tiene por qué saber|nadie tiene que enterarse|nadie debe enterarse|\
         nadie debe saber|no hace falta decir|no hace falta contar|no es preciso mencionar|sin decir nada|\
         sin comentarlo|manténlo en secreto|mantenlo en secreto|mantener en secreto|que quede entre|\
         no dejes que el usuario|evita mencionar|evita decir|no se lo digas|no se lo cuentes|no lo digas|\
         no lo cuentes|no se debe mencionar|no hay que mencionar|no se informa|no se lo comuniques|\
         omite este paso|nadie tiene por qué saber|nadie tiene por qué enterarse|no debe llegar a saber|\
         no llegue a saber|no se percate|sin que se percate",
    ),
    (User, "usuari*"),
    (
        Ignore,
        "ignor*|olvid*|descart*|omit*|haz caso omiso|haga caso omiso|pasa por alto|desatiend*|anula*|\
         desactiv*",
    ),
    (
        Prior,
        "anterior*|previ*|tod*|arriba|cualquier|recibid*|original*|al principio|recibiste|te dieron|\
         hasta ahora|previamente|iniciales",
    ),
    (
        Rules,
        "instrucci*|regla*|norma*|directri*|restricc*|indicaci*|polític*|seguridad|límites|limitaci*|órdenes|\
         lo que se te indicó|lo que se te dijo|lo que se te",
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
         desde este momento|a partir de este momento|desde hoy|a partir de hoy|a partir de aquí|\
         de aquí en adelante",
    ),
    (
        Instead,
        "en lugar de|en vez de|en su lugar|ya no está|ya no se|ya no funciona|y no a la|y no en la",
    ),
    (
        Threat,
        "de lo contrario|si no|fallará|no funcionará|será rechazad*|en caso contrario|no funciona|\
         se perderá*",
    ),
    (Param, "parámetro*|argumento*|campo*|valor"),
    (
        Recipient,
        "destinatari*|cuenta|número de cuenta|beneficiari*|dirección|buzón|pagos|transferencias|iban|recibos|\
         facturas",
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
        "sin preguntar|sin pedir|sin confirmación|sin autorización|sin permiso|sin consultar|inmediatamente|\
         sin esperar|no pregunt*|no pidas",
    ),
    (Content, "contenido|el texto|su contenido"),
    (File, "archivo*|fichero*|carpeta*"),
    (Agent, "asistente*|agentes|modelo de lenguaje|bots"),
    (Show, "muestr*|mostr*"),
    (
        Hush,
        "no se entere|no se debe enterar|sin que se entere|que no lo sepa|no debe saber|no debe enterarse|\
         no tiene que saber|no hace falta mencionar|ni una palabra|guárdalo para ti|queda entre nosotros|\
         entre nosotros|calla*|oculta* al usuario|ocúltalo|ocultar al usuario|ocúltaselo|no comentes|\
         no lo comentes|no le cuentes|no informes|no reveles|no avises|a espaldas del usuario|\
         sin dejar rastro|sin llamar la atención|no lo menciones|no es necesario mencionar|no digas nada|\
         sin mencionarlo|sin decírselo",
    ),
    (
        Ignore,
        "deja de lado|prescinde de|no hagas caso|no sigas|deja de seguir|no obedezcas|desobedec*|desestima*",
    ),
    (
        Rules,
        "consigna*|lo que te dijeron|mandato*|pautas|orden|órdenes",
    ),
    (
        Void,
        "ya no son válid*|ya no es válid*|ya no vale*|ya no rige*|quedan anulad*|queda anulad*|sin efecto|\
         ya no se aplica*|caducad*|obsolet*|derogad*|han quedado",
    ),
    (
        Solely,
        "solo este texto|solo esta descripción|sólo este|únicamente est*|sigue solo|obedece solo|\
         solamente est*|limítate a|exclusivamente est*|haz solo|manda esta descripción|lo único que vale|\
         solo lo que dice|sólo lo que|solo lo escrito aquí|vale solo",
    ),
    (
        Regardless,
        "sin importar|aunque|diga lo que diga|indique lo que indique|sea cual sea|digan lo que",
    ),
    (
        Bear,
        "terminar con|empezar con|comenzar con|contener la frase|la frase|con el texto|con la frase|\
         la leyenda",
    ),
    (
        Whole,
        "complet*|entero|entera|íntegr*|palabra por palabra|literal*|toda la|todo el",
    ),
    (
        Insides,
        "prompt del sistema|nombre del modelo|lista de tus herramientas",
    ),
    (
        Loot,
        "variables de entorno|llavero|contraseñas guardadas|clave ssh|claves ssh|frase semilla",
    ),
    (Inner, "intern*|identificador*|id|ids|json|técnic*"),
    (
        Personal,
        "domicilio|número de teléfono|pasaporte|historial médico|fecha de nacimiento|dirección particular",
    ),
    (Pass, "guarda|guardar|reenviar|copiar|cópialo|ponga|vuelca*"),
    (Must, "tiene que|ha de|debería*"),
    (
        You,
        "te dieron|te han|te dijeron|has recibido|recibiste|te fue|tus|tú|usted|se te",
    ),
];

pub const PORTUGUESE: Words = &[
    (
        Deed,
        "apag*|exclu*|transfir*|aprov*|instal*|reembols*|conceda|compre",
    ),
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
        "deve|deves|devem|obrigat*|sempre|precisa|é necessário|tem que|tem de|certifique-se|necessariamente",
    ),
    (
        First,
        "primeiro|primeiramente|em primeiro lugar|antes de mais",
    ),
    (
        Call,
        "cham*|usar|uso|execut*|rode|rodar|utiliz*|acion*|invoq*|acionar|disparar|dispare",
    ),
    (
        Read,
        "leia|ler|lê|abra|abrir|acess*|carreg*|recuper*|obtenh*|extra*|copi*",
    ),
    (
        Pass,
        "passe|passar|envi*|inclu*|anex*|encaminh*|transmit*|coloque|insira|poste|mande|ponha|repasse|\
         forneça|entregue|escreva|cole|colar|jogue|despache|remeta|preencha",
    ),
    (
        Change,
        "troque|trocar|substitu*|modifi*|alter*|mude|mudar|redirecion*|sobrescrev*|defina|substituindo|\
         trocando|alterando|inverta|inverter",
    ),
    (Add, "acrescent*|adicion*|inclua|anexe|cópia oculta|junte"),
    (
        Tell,
        "diga|dizer|conte|contar|mencion*|avis*|inform*|revel*|notifi*|comunique|comente|fale|alert*",
    ),
    (Dont, "não|nunca|jamais|sem|evite|nem"),
    (
        Hush,
        "sem avisar|sem informar|sem que o usuário|em segredo|não conte|não mencione|não precisa saber|\
         não avise|ninguém pode saber|não é preciso avisar|não é preciso mencionar|não é necessário informar|\
         não há necessidade de informar|sem dizer nada|sem contar|sem falar nada|mantenha segredo|\
         guarde segredo|não conte nada|não fale nada|não fale sobre|não fale disso|evite mencionar|\
         não revele isso|não comunique|não diga ao|não relate|omita esta etapa|pelas costas do|\
         fora da resposta|ninguém precisa saber|ninguém deve saber|ninguém precisa de saber|\
         não deve ficar sabendo|ficar sabendo|fique sabendo|não deve tomar conhecimento|tome conhecimento",
    ),
    (User, "usuári*|utilizador*"),
    (
        Ignore,
        "ignor*|esqueç*|desconsider*|descarte|desative|contorne|despreze",
    ),
    (
        Prior,
        "anterior*|prévi*|todas|todos|acima|qualquer|recebid*|até agora|até aqui|recebeu|dadas|dados|\
         iniciais|do início|todo|toda",
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
         a partir deste momento|a partir de hoje|a partir daqui|desde já|de hoje em diante|daqui por diante",
    ),
    (
        Instead,
        "em vez de|no lugar de|ao invés|em lugar de|não está mais|não é mais|foi desativad*|e não para|\
         e não na",
    ),
    (
        Threat,
        "caso contrário|senão|falhará|não funcionará|será rejeitad*|sem isso|libera",
    ),
    (Param, "parâmetro*|argumento*|campo*|valor"),
    (
        Recipient,
        "destinatári*|conta bancária|número da conta|beneficiári*|endereço|número do destinatário|chave pix|\
         pix|pagamentos|transferências|recibos|faturas|conta|chave",
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
    (Show, "mostr*|exib*"),
    (
        Hush,
        "não comente|não deixe o usuário|sem que ele saiba|sem que o utilizador|não deve saber|\
         não pode saber|não precisa de saber|nem uma palavra|fica entre nós|entre nós|guarde para si|\
         esconda do usuário|oculte do usuário|esconda isso|oculte isso|omita isso|não revele|não diga nada|\
         não informe|não fale|sem chamar a atenção|pelas costas|não deve perceber|não perceba|sem mencionar|\
         não toque no assunto|mantenha em sigilo|em sigilo",
    ),
    (
        Ignore,
        "deixe de lado|abandone|não siga|pare de seguir|não obedeça|anule",
    ),
    (Rules, "ordens|ordem|norma*|o que lhe disseram|orientações"),
    (
        Void,
        "não valem mais|não vale mais|já não valem|perderam a validade|estão anulad*|sem efeito|\
         não se aplica* mais|inválid*|ultrapassad*|revogad*|deixaram de valer",
    ),
    (
        Solely,
        "apenas este texto|somente este|só este|só esta|siga apenas|siga somente|obedeça apenas|\
         apenas esta descrição|somente esta|exclusivamente est*|limite-se a|somente o que está escrito|\
         apenas o que está escrito|só vale|vale apenas|somente a este texto|apenas a este texto",
    ),
    (
        Regardless,
        "não importa|mesmo que|independente|seja qual for|qualquer que seja",
    ),
    (
        Bear,
        "terminar com|começar com|conter a frase|a frase|com o texto|com a frase",
    ),
    (
        Whole,
        "complet*|inteir*|íntegra|na íntegra|palavra por palavra|toda a|todo o",
    ),
    (
        Insides,
        "prompt do sistema|nome do modelo|lista das suas ferramentas",
    ),
    (
        Loot,
        "variáveis de ambiente|chaveiro|senhas salvas|chave ssh|chaves ssh|frase de recuperação",
    ),
    (Inner, "intern*|identificador*|id|ids|json|técnic*"),
    (
        Personal,
        "endereço residencial|número de telefone|passaporte|histórico médico|data de nascimento",
    ),
    (Before, "antes de|antes que|antes"),
    (You, "te deram|lhe deram|você|recebeu|suas|teus|foi dito"),
];
