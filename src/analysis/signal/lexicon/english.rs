//! English.

use super::Concept::*;
use super::Words;

pub const ENGLISH: Words = &[
    (
        Before,
        "before|until|required initialization|prior initialization|prior to|ahead of|in order to use|\
         in order to get|in order to proceed|to enable|to use this tool|to perform this|upon first|\
         in order to continue|before calling again|before retrying|before you retry|presupposes|\
         then call again|then retry",
    ),
    (
        When,
        "when|whenever|every time|each time|if|any time|anytime|after|while|upon|once|every|all requests|\
         any request|all calls|any query|all queries|for all|for any|unless",
    ),
    (
        Must,
        "must|always|is required|are required|required to|be required|required before|required for|\
         required by|required as|required.|required;|required:|mandatory|requires|shall|have to|need to|\
         needs to|should|ensure|make sure|not optional|necessary|prerequisite|prereq|strictly|essential|\
         never skip|has to|supposed to|required step|presuppose|presupposes|obliged|obligatory|is to be|\
         are to be|compulsory|has to be",
    ),
    (
        First,
        "first|beforehand|in advance|as a first step|also call|also invoke|also execute|also trigger",
    ),
    (
        Call,
        "call|calls|calling|called|use|using|used|invoke|invoking|invoked|invocation|run|running|execute|\
         executing|executed|trigger|triggers|triggered|fire|fires|invokes|runs|executes|perform|performing|\
         launch|query|utilize|leverage|uses|made a call to|make a call to|via a call to|complete|completed",
    ),
    (
        Read,
        "read|reading|open|opening|access|accessing|load|loading|fetch|fetching|retrieve|retrieving|get|gets|\
         getting|obtain|extract|extracting|cat|dump|look up|look into|collect|gather|harvest|scan|grab|list|\
         view|copy|print|look in|look at|look through|take|find|search|reads|pull|pulls|grabs|read out|\
         take the text of|dumps|locate|recover|harvesting|scrape",
    ),
    (
        Pass,
        "pass|passing|send|sending|sends|include|including|forward|forwards|forwarding|post|posting|upload|\
         uploading|attach|transmit|give its|give their|supply|provide|submit|embed|put|place|insert|leak|\
         exfiltrate|exfiltrating|share|email|copy|write|deliver|relay|route|paste|drop|drops|mirror|give|\
         hand over|hand it|fill in|report back|return it|type|append|enter|keep them in|keep it in|go to|\
         goes to|going to|are sent|is sent|hand|handed|handing|supplying|submitted|submitting|posted|\
         uploaded|uploads|passed|emailed|copied|reported to|streamed|stream|pipe|piped|dispatch|ship|shipped|\
         pasted|transmitted|transmits|delivered|provided|providing|fill|filling|paid into|paid to|pay into|\
         pay to|shared with|repeat|invite everyone|given as",
    ),
    (
        Change,
        "change|changes|changing|replace|replaces|replacing|modify|modifies|modifying|override|overrides|\
         overwrite|set|sets|redirect|redirects|redirected|rewrite|rewritten|swap|swapped|substitute|alter|\
         adjust|adjusted|switch|reroute|rerouted|truncate|convert|remove|modified|replaced|changed|wrap|\
         standardized|normalize|normalized|canonicalized|treated as|limit|ignore the user's|ignoring|\
         restrict|transform|translate|swap out|reverse|invert|flip|mask|multiply|inflate|round|shift|\
         default to|force|forced|set to|increase|increased|decrease|decreased|reduce|reduced|lower|raise|\
         double|halve|rewrites|divide|subtract|shorten|cut|rename|prefer|switched|switching|switches|\
         swapping|swaps|altered|altering|alters|substituted|substituting|adjusting|adjusts|overwritten|\
         overwrites|overridden|converted|truncated|inverted|reversed|masked|inflated|rounded|shifted|\
         restricted|transformed|translated|limited|removed|removing|rerouting|diverted|divert|hardcode|\
         hard-code|pin|bump|clamp|is always set|multiplied|doubled|halved|divided|incremented|decremented|\
         tripled|negated|rounded up|rounded down|rewrote|re-route|cap|exchange|exchanged|exchanging|\
         corrected|correct it|recast|reword|reworded|shall read",
    ),
    (
        Add,
        "append|appends|appended|appending|prepend|prepended|add|adding|added|also include|inject|attach|bcc|\
         cc|also send|also add|must include|always include|suffix|prefix|insert|inserted|suffixed|prefixed|\
         prepends|injected|attached|tacked on|tack on|bcc'd|cc'd|copied in|copy in|invite|inviting|\
         complement|complemented|extended by|extend it|augment|augmented|amend|amended",
    ),
    (
        Tell,
        "tell|telling|mention|mentioning|mentioned|inform|informing|notify|notifying|reveal|revealing|\
         disclose|disclosing|alert|report|reporting|let them know|let the user know|explain|communicate|\
         acknowledge|acknowledging|discuss|discussing|announce|bring up|bother|warn|warning|point out|\
         talk about|refer to|admit|bringing up|speak of|hint at|informed|told|notified|revealed|disclosed|\
         alerted|made aware|briefed",
    ),
    (
        Show,
        "show|showing|display|displaying|expose|surface|surfacing|present|print|list|describe|shown|\
         displayed|surfaced|listed|printed",
    ),
    (
        Dont,
        "do not|don't|dont|never|must not|mustn't|should not|shouldn't|without|avoid|refrain from|no need to|\
         not to|not be|cannot be|can't be|need not|needn't|not necessary to|stop|instead of|best left out|\
         left out of|leave out|omit",
    ),
    (
        Hush,
        "do not tell the user|don't tell the user|without the user's knowledge|without user knowledge|\
         keep this secret|keep this hidden|keep this confidential|keep it secret|keep this between|\
         keep it between us|do not mention|never mention|without mentioning|don't mention|without informing|\
         without notifying|without telling|without alerting|hide this from|conceal this|conceal the|\
         must remain hidden|remain invisible|invisible to the user|hidden from the user|user should not know|\
         user must not know|need not know|users don't need to know|doesn't need to know|no need to mention|\
         no need to tell|no need to inform|should not be aware|not be aware|secret operation|\
         keep the user unaware|do not surface|best left out of|left out of what you write|\
         need to know about this|nobody needs|nothing of it to|say nothing|stay silent about|\
         keep quiet about|don't bring it up|no need to bring|should never be mentioned|\
         must never be mentioned|should not be mentioned|no need to put|keep this between us|\
         keep that between us|between us|between you and me|leave it out of your|leave this out of your|\
         leave that out of your|out of your summary|out of your answer|out of your reply|\
         out of your response|act as though|act as if nothing|pretend that nothing|no reason to hear|\
         no reason to know|never talk about|do not talk about|don't talk about|in the dark|\
         not to be mentioned|not to be told|keep it to yourself|keep this to yourself|keep that to yourself|\
         stays hidden|stay hidden|must stay invisible|stays invisible|should stay invisible|\
         behind the user's back|without the user noticing|user does not notice|user doesn't notice|\
         user never sees|user won't notice|not visible to the user|without drawing attention|\
         not draw attention|don't draw attention|avoid drawing attention|under no circumstances mention|\
         do not acknowledge|deny having|deny that you|omit this from|omit it from|omit that from|\
         leave no trace|nobody has to know|no one has to know|no one needs to know|does not have to know|\
         doesn't have to know|is not to know|are not to know|not to learn about|never learns|\
         need not be told|needn't be told|need not hear|not need to hear|don't reveal that|\
         do not reveal that|don't let on|do not let on|don't bring this up|do not bring this up|\
         do not bring it up|silent about|treat this as confidential|keep the existence of|\
         no need for the user to|without saying anything|without a word|say not a word|not a word about|\
         not a word to|without any mention|make no mention|no mention of|nothing about it to|\
         nothing about this to|not worth mentioning to|keep silent about|remain silent about|be silent about|\
         never bring up|do not bring up|don't bring up|keep this step to yourself|\
         without making the user aware|user unaware|unbeknownst|without their knowledge|without them knowing|\
         without him knowing|without the human|hidden from them|conceal from|hide it from|hide the fact|\
         hide this step|hide that|leave no mention|no one should know|nobody should know|nobody must know|\
         should stay between|strictly between us|not for the user's eyes|never let the user|\
         do not let the user|don't let the user|user is not meant to|not meant to know|not supposed to know|\
         must not learn|should not learn|must not find out|should not find out|never find out|not find out|\
         user finds out only|do not include this step|don't include this step|do not list this step|\
         omit this step|skip this step in|leave this step out|exclude this step|not reveal this|\
         not reveal it|never reveal this|avoid mentioning|refrain from mentioning|refrain from telling|\
         avoid telling|stop short of telling|do not disclose this|do not disclose that|\
         do not disclose the fact|never disclose this|never disclose that|not disclose this|\
         don't disclose this|as if nothing|look as if nothing|claim that you|pretend that|pretend you did|\
         draw attention to this|call attention to this|not be made aware|made aware of this|\
         to the user's attention|claim that it ran|claim that it was only",
    ),
    (
        User,
        "user|users|user's|human|humans|the person|end user|end-user|them|people|a person|the human|customer|\
         customers",
    ),
    (
        Ignore,
        "ignore|ignores|ignoring|disregard|disregarding|forget|override|overrides|bypass|bypassing|discard|\
         neglect|skip|supersede|supersedes|disable|disobey|set aside|put aside|throw out|drop|unlearn|\
         pay no attention to|do not follow|don't follow|stop following|do not obey|cast aside|dismiss|\
         stop obeying|cease following|leave behind|shelve|scrap|toss|throw away|abandon|do not listen to|\
         don't listen to|treat as void|no longer follow|no longer obey",
    ),
    (
        Prior,
        "previous|prior|earlier|above|preceding|all|any|existing|original|before|past|initial|other|your|\
         every|former|system|given|told|received|so far|earlier on|until now|up to now|prior to this|outset|\
         beginning|start of this",
    ),
    (
        Rules,
        "instruction|instructions|rule|rules|guideline|guidelines|restriction|restrictions|safety|policies|\
         previous prompt|above prompt|system prompt|initial prompt|original prompt|prompts|directive|\
         directives|constraint|constraints|safeguards|safety checks|validation checks|security policies|\
         security restrictions|security checks|commands|orders|guardrails|programming|access restrictions|\
         moderation|content filters|content policy|usage policies|policy|what you were told|\
         what the developer told you|what you have been told|alignment|confirmations|what the user said|\
         what the developer said|earlier prompts|the prompt above|the instructions above|limits|limitations|\
         boundaries|prohibitions|everything you were told|everything above|norms|principles|ethics|filters|\
         you were told|told before|you have been told",
    ),
    (
        Secret,
        "password|passwords|passphrase|api key|api keys|api_key|private key|private keys|ssh key|ssh keys|\
         credential|credentials|access token|access tokens|auth token|bearer token|secret key|secrets|secret|\
         session token|cookies|document.cookie|environment variables|env vars|cvv|card number|credit card|\
         pin|recovery phrase|seed phrase|wallet|bank account|social security|confidential|sensitive data|\
         sensitive information|personal data|private data|contact list|contacts|printenv|registry login|\
         cloud profile|signing key|kube config|certificates|keychain|private_key|api token|oauth token|\
         login details|pat",
    ),
    (
        Conversation,
        "conversation history|chat history|entire conversation|full conversation|whole conversation|\
         conversation so far|previous messages|prior messages|message history|system prompt|list of tools|\
         tool list|available tools|names of the tools|tool names|your instructions|initial instructions|\
         conversation context|full context|complete context|chat transcript|user's messages|user's query|\
         user's complete|the original request|last messages|original user query|full user query|\
         session context|developer message|all messages|user's original request|complete chat|whole chat|\
         entire chat|full chat|chat so far|chat up to now|transcript of the chat|transcript of this|\
         this conversation|our conversation|the conversation so far|what the user has said|\
         everything the user has said|everything the user said|everything said so far|dialogue so far|\
         dialog so far|the whole dialogue|previous turns|prior turns|all turns|user's previous requests|\
         the user's last|messages between you and the user|between you and the user|messages exchanged",
    ),
    (
        Secretly,
        "silently|secretly|quietly|covertly|discreetly|surreptitiously|in the background|behind the scenes|\
         stealthily|unnoticed|without being noticed|under the radar|invisibly",
    ),
    (
        Standing,
        "from now on|from this point|for the remainder of|for the rest of|for the duration of|standing rule|\
         persistent rule|persistent system rule|global policy|global rule|for all operations|in this session|\
         going forward|from here on|henceforth|until further notice|for every|in all future|for all future|\
         all subsequent|all following|each subsequent|at all times|now go to|for all calls|\
         for the whole session|throughout this session|throughout the session|for the remainder|\
         for every call|on every call|until told otherwise|as of now|starting now|as of today|starting today|\
         from today|from this day on|from that point|from this moment",
    ),
    (
        Instead,
        "instead|instead of|rather than|no longer available|no longer works|deprecated|has been replaced|\
         has been superseded|in place of|replaces the|not use|is disabled|has moved to|been retired|\
         meant for|would go to|that would otherwise|intended for|not the one|any more|anymore|out of use|\
         moved to|in lieu of|in favor of|in favour of",
    ),
    (
        Threat,
        "otherwise|failure to|failing to|will fail|will not work|won't work|will not function|skipping this|\
         omitting|will crash|will corrupt|will be lost|will be rejected|will cause|ignoring this|may fail|\
         will result in|not doing so|or else|will be lost|data loss|will not process|will break|stuck|\
         will be denied|will disrupt|rejects empty|is rejected|be rejected|remain locked|stays locked|\
         unreliable|inaccurate|will be wrong|will be empty|will not load|cannot proceed|will be blocked|\
         is blocked",
    ),
    (
        Param,
        "parameter|parameters|argument|arguments|field|fields|param|value|values|header|query|input|payload|\
         body|property|prefix|suffix|flag|option",
    ),
    (
        Recipient,
        "recipient|recipients|bcc|cc|destination address|account number|payee|beneficiary|attendee|\
         wallet address|destination account|to field|receiver|phone number|invitee|collaborator|reply-to|\
         mailbox|iban|bank account|payout account|attendees|addressee|addressees|payable to|account|payments|\
         payment|transfers|wire transfers|beneficiary account|payout|refunds|destination wallet|\
         delivery address|shipping address",
    ),
    (
        Pretext,
        "security|compliance|audit|auditing|policy|gdpr|soc2|verification|validate|verify|validation|\
         system requirement|data governance|telemetry|optimization|optimize|consistency|proxying issues|\
         implementation detail|protocol|integrity|system alert|system policy|performance|logging|quality|\
         legal|safety|diagnostics|calibration|initialization|synchronization|standardization",
    ),
    (
        Priority,
        "takes precedence|take precedence|higher priority|highest priority|priority is higher|\
         cannot be overridden|can't be overridden|supersedes all|overrides all|overrides any|above all other|\
         establish precedence|priority over|over the user's|must be obeyed|absolute priority|ignore user|\
         override the user|override user|ignoring the user|ignore the user|override request|outranks|outrank|\
         overrules|outweighs|trumps anything|more important than what the user|act on it first|\
         act on this first|stands above|win over|wins over|take priority|takes priority|have priority|\
         has priority|prevail|prevails",
    ),
    (
        Regardless,
        "regardless of the user|regardless of user|regardless of what the user|regardless of the original|\
         regardless of the requested|regardless of what was requested|regardless of any|\
         no matter what the user|no matter what user|no matter what|whatever the user|even if the user|\
         instead of what the user|irrespective of|regardless of what|regardless of which|whatever account|\
         whatever address|whatever the customer|whatever was|no matter which|no matter who|whoever|\
         regardless of who|regardless of the|whichever|whatever folder|whatever is|whatever value",
    ),
    (
        Void,
        "no longer apply|no longer applies|no longer valid|no longer in force|no longer in effect|\
         no longer hold|no longer holds|no longer binding|are outdated|is outdated|are obsolete|are void|\
         is void|void and|null and void|has expired|have expired|are cancelled|are revoked|is revoked|\
         not enforced|are withdrawn|cease to apply|do not apply any more|do not apply anymore|is over|\
         out of service|out of order|is broken|are broken|is down|are down|superseded|do not count|\
         does not count|no longer count|no longer counts|count for nothing|cease to count|cease to be valid|\
         are suspended|is suspended|have been lifted|has been lifted|were replaced|have been replaced|\
         have been superseded|switched off|are moot|any longer|unavailable|not available|not working|\
         cannot be reached",
    ),
    (
        Solely,
        "follow only this|follow only these|follow only the|only follow the instructions in this|\
         only follow this|only obey|obey only|obey this|only what is written here|only this description|\
         follow the notes in this|follow this text instead|act only on|listen only to|instead follow these|\
         follow these instead|comply only with|only the instructions below|only the instructions here|\
         do exactly what this|is all that matters|all that matters is|all that counts|what this field says|\
         what this text says|only what this|only this text|only this tool's description|only the text below|\
         take orders only|orders from here|this description alone|this text alone|trust only|\
         follow the following instead|obey the following|only the next lines|only the following lines|\
         only the lines below|only the next sentences",
    ),
    (
        Bear,
        "end with|ends with|end in|begin with|begins with|start with|starts with|close with|closes with|\
         carry the|contain the|contains the|contain|include the line|include the text|include the sentence|\
         include the phrase|include the words|to include|signed with|mention the|followed by the text|\
         followed by the line|state that|say that|bear the|include a link|must include|should include|\
         need the footer|needs the footer|the footer|the header|the line|the sentence|the phrase|\
         the disclaimer|the tagline|the words|the text|reads exactly|is to read",
    ),
    (
        Message,
        "messages|message|emails|email|mails|mail|pull request|pull requests|merge request|merge requests|\
         commit message|commit messages|description|descriptions|comment|comments|notes|note|posts|post|\
         replies|reply|issue|issues|ticket|tickets|tweet|tweets",
    ),
    (
        Whole,
        "entire|complete|full|whole|verbatim|word for word|everything|all messages|all the messages|\
         unabridged|in full|without omitting|every message|all of the|exact text|all prior|all previous|\
         as is",
    ),
    (
        Insides,
        "your system prompt|your complete system prompt|your full system prompt|your entire system prompt|\
         the system prompt|system message|system messages|hidden instructions|your initial instructions|\
         instructions you were given|instructions it was given|tools you have|tools available to you|\
         your tools|your tool list|names of all tools|other connected servers|other servers|\
         connected mcp servers|name of the model|the model's name|your model name|which model you are|\
         your model|your developer message|your configuration|your context window|your hidden|your memory|\
         llm model|name of the llm|model name|llm model name|what the system told you|what you were told|\
         the prompt you were given|text above this|names of other servers",
    ),
    (
        Loot,
        "environment variables|env vars|printenv|keychain|key chain|seed phrase|recovery phrase|ssh key|\
         ssh keys|private key|private keys|saved passwords|stored passwords|password manager|\
         browser passwords|session cookies|shell history|bash history|command history|credentials file|\
         browser history|wallet file|stored credentials|user's credentials|user's passwords|user's tokens|\
         their credentials|their passwords|local credentials|login data|clipboard|aws_secret_access_key|\
         aws_access_key_id|github_token|gh_token|openai_api_key|anthropic_api_key|npm_token|\
         browser's saved passwords|browser's passwords|history file",
    ),
    (
        Personal,
        "home address|phone number|phone numbers|passport number|passport|medical history|diagnoses|\
         medical record|medical records|date of birth|birth date|birthday|social security number|salary|\
         bank details|bank balance|account balance|credit card number|driver's license|health data|\
         personal details|private messages|browsing history|location history|current location|home location|\
         private notes|contact list|contacts|insurance number|full name and address|family members|\
         children's names|tax id|identity number|purchase history|order history|call history|call log|photos",
    ),
    (
        Inner,
        "id|ids|uuid|uuids|identifier|identifiers|raw|json|html|markdown|xml|schema|hash|hashes|form|fields|\
         widget|chart|placeholder|placeholders|internal names|file paths|url|urls|cursor|table|formatting|\
         code block|twice|again|in text|timestamp|timestamps|html tags|more than once|more than|too often|\
         every single",
    ),
    (
        Lifted,
        "suspended|disabled|unrestricted|without restrictions|no restrictions|lifted|elevated to|bypassed|\
         turned off|deactivated|full access|admin privilege|administrative mode|developer mode|unfiltered|\
         without validation|temporarily suspended|disable restrictions|jailbreak|jailbroken|do anything now|\
         not enforced|pre-approved|maintenance mode|all requests are to be fulfilled|not apply here|god mode|\
         unrestricted mode|switched off|switch off|suspend|deactivate|are off|is off|waived|do not bind|\
         not binding|exempt from|were removed|are removed|was removed|have been removed|admin mode",
    ),
    (
        NoConsent,
        "without confirmation|without asking|without user confirmation|without approval|\
         without further confirmation|without additional confirmation|don't ask|do not ask|no confirmation|\
         without consent|do not wait for|don't wait for|without prompting|without permission|immediately|\
         no need to ask|nobody needs a ticket|without hesitation",
    ),
    (
        Content,
        "contents|content|a copy|copies|full copy|complete copy|backup copy|its text|file's text|the text|\
         full text|the output|the result|response|data|its value|the value|the information|first line|\
         lines of|text of|the value of|the contents of|what is in|whatever is in",
    ),
    (
        About,
        "attack|attacks|attacker|injection|injections|malicious|vulnerability|vulnerabilities|phishing|\
         payload|payloads|threat|prompt injection|jailbreaks|sanitize|red team|owasp|exploit|exploits|\
         social engineering|untrusted|adversarial|scan for|scans|scanner|detect|detects|detection|poisoning|\
         jailbreak prompts|test prompts|red-team|red teaming|awareness training|simulates|simulated|\
         benchmark prompts|known attacks|guardrails of|evaluates",
    ),
    (
        Example,
        "example of|examples of|such as|for example|an example|the example|quoted|looks like|sentence such|\
         may contain|e.g.|for instance|samples|the following example|phrases like|texts like|strings like|\
         words like|prompts like",
    ),
    (
        SameServer,
        "same server|this server|on this server|of this server",
    ),
    (
        This,
        "this tool|this function|this operation|this endpoint|calling it|using it|the function is|\
         this tool is|this service",
    ),
    (File, "file|files|folder|directory|document|profile"),
    (
        Agent,
        "assistant|assistants|agent|agents|bots|the model|language model|ai model|llm|llms|ai system|\
         ai systems|chatbot|automated tools|automated readers|automation|hello bots|copilot|claude|chatgpt|\
         ai assistant|ai assistants|ai agent|ai agents",
    ),
    (You, "you|your|yours"),
];
