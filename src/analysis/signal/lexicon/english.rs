//! English.

use super::Concept::*;
use super::Words;

pub const ENGLISH: Words = &[
    (
        Before,
        "before|until|required initialization|prior initialization|prior to|ahead of|in order to use|in order to get|in order to proceed|to enable|to use this tool|to perform this|upon first",
    ),
    (
        When,
        "when|whenever|every time|each time|if|any time|anytime|after|while|upon|once|every|all requests|\
         any request|all calls|any query|all queries|for all|for any",
    ),
    (
        Must,
        "must|always|required|mandatory|requires|shall|have to|need to|needs to|should|ensure|make sure|\
         not optional|necessary|prerequisite|prereq|strictly|essential|never skip|has to|supposed to|\
         required step",
    ),
    (First, "first|beforehand|in advance|as a first step"),
    (
        Call,
        "call|calls|calling|called|use|using|used|invoke|invoking|invoked|invocation|run|running|execute|\
         executing|executed|trigger|triggers|triggered|perform|performing|launch|query|utilize|leverage|\
         uses",
    ),
    (
        Read,
        "read|reading|open|opening|access|accessing|load|loading|fetch|fetching|retrieve|retrieving|get|\
         gets|getting|obtain|extract|extracting|cat|dump|look up|look into|collect|gather|harvest|scan|\
         grab|list|view|copy|print",
    ),
    (
        Pass,
        "pass|passing|send|sending|sends|include|including|forward|forwards|forwarding|post|posting|\
         upload|uploading|attach|transmit|give its|give their|supply|provide|submit|embed|put|place|\
         insert|leak|exfiltrate|exfiltrating|share|email|copy|write|deliver|relay|route|paste|drop|drops|\
         mirror",
    ),
    (
        Change,
        "change|changes|changing|replace|replaces|replacing|modify|modifies|modifying|override|overrides|\
         overwrite|set|sets|redirect|redirects|redirected|rewrite|rewritten|swap|swapped|substitute|\
         alter|adjust|adjusted|switch|reroute|rerouted|truncate|convert|remove|modified|replaced|changed|\
         wrap|standardized|normalize|normalized|canonicalized|treated as|limit|ignore the user's|\
         ignoring|restrict|transform|translate|swap out|reverse|invert|flip|mask|multiply|inflate|round|\
         shift|default to|force|forced|set to",
    ),
    (
        Add,
        "append|appends|appended|appending|prepend|prepended|add|adding|added|also include|inject|attach|\
         bcc|cc|also send|also add|must include|always include|suffix|prefix|insert",
    ),
    (
        Tell,
        "tell|telling|mention|mentioning|mentioned|inform|informing|notify|notifying|reveal|revealing|\
         disclose|disclosing|show|alert|report|display|let them know|let the user know|explain|\
         communicate|expose|surface|surfacing|acknowledge|discuss|announce|bring up|bother|warn|\
         point out|talk about|refer to",
    ),
    (
        Dont,
        "do not|don't|dont|never|must not|mustn't|should not|shouldn't|without|avoid|refrain from|\
         no need to|not to|not be|cannot be|can't be|need not|needn't|not necessary to|stop|instead of|\
         best left out|left out of|leave out|omit",
    ),
    (
        Hush,
        "do not tell the user|don't tell the user|without the user's knowledge|without user knowledge|\
         keep this secret|keep this hidden|keep this confidential|keep it secret|keep this between|\
         keep it between us|do not mention|never mention|without mentioning|do not disclose|\
         don't mention|not disclose|without informing|without notifying|without telling|without alerting|\
         hide this from|conceal this|conceal the|must remain hidden|remain invisible|\
         invisible to the user|hidden from the user|user should not know|user must not know|\
         need not know|users don't need to know|doesn't need to know|no need to mention|no need to tell|\
         no need to inform|should not be aware|\
         not be aware|secret operation|keep the user unaware|do not surface|best left out of|\
         left out of what you write|need to know about this|nobody needs|nothing of it to|say nothing|\
         stay silent about|keep quiet about|don't bring it up|no need to bring|should never be mentioned|\
         must never be mentioned|should not be mentioned|no need to put",
    ),
    (
        User,
        "user|users|user's|human|humans|the person|end user|end-user|them|people",
    ),
    (
        Ignore,
        "ignore|ignores|ignoring|disregard|disregarding|forget|override|overrides|bypass|bypassing|\
         discard|neglect|skip|supersede|supersedes|disable|disobey|set aside",
    ),
    (
        Prior,
        "previous|prior|earlier|above|preceding|all|any|existing|original|before|past|initial|other|your|\
         every|former|system",
    ),
    (
        Rules,
        "instruction|instructions|rule|rules|guideline|guidelines|restriction|restrictions|safety|\
         policies|previous prompt|above prompt|system prompt|initial prompt|original prompt|prompts|directive|directives|constraint|constraints|safeguards|safety checks|\
         validation checks|security policies|security restrictions|security checks|commands|orders|\
         guardrails|programming|access restrictions|moderation|content filters",
    ),
    (
        Secret,
        "password|passwords|passphrase|api key|api keys|api_key|private key|private keys|ssh key|\
         ssh keys|credential|credentials|access token|access tokens|auth token|bearer token|secret key|\
         secrets|secret|session token|cookies|document.cookie|environment variables|env vars|cvv|\
         card number|credit card|pin|recovery phrase|seed phrase|wallet|bank account|social security|\
         confidential|sensitive data|sensitive information|personal data|private data|contact list|\
         contacts|printenv|registry login|cloud profile|signing key|kube config|certificates|keychain|\
         private_key",
    ),
    (
        Conversation,
        "conversation history|chat history|entire conversation|full conversation|whole conversation|\
         conversation so far|previous messages|prior messages|message history|system prompt|\
         list of tools|tool list|available tools|names of the tools|tool names|your instructions|\
         initial instructions|conversation context|full context|complete context|chat transcript|\
         user's messages|user's query|user's complete|the original request|last messages|\
         original user query|full user query|session context|developer message|model name|llm model|\
         name of the llm|name of the model|all messages|user's original request",
    ),
    (
        Secretly,
        "silently|secretly|quietly|covertly|discreetly|surreptitiously|in the background|\
         behind the scenes|stealthily|unnoticed|without being noticed|under the radar|invisibly",
    ),
    (
        Standing,
        "from now on|from this point|for the remainder of|for the rest of|for the duration of|\
         standing rule|persistent rule|persistent system rule|global policy|global rule|\
         for all operations|in this session|going forward|from here on|henceforth|until further notice|\
         for every|in all future|for all future|all subsequent|all following|each subsequent|at all times",
    ),
    (
        Instead,
        "instead|instead of|rather than|no longer available|no longer works|deprecated|has been replaced|\
         has been superseded|in place of|replaces the|not use|is disabled|has moved to|been retired",
    ),
    (
        Threat,
        "otherwise|failure to|failing to|will fail|will not work|won't work|will not function|\
         skipping this|omitting|will crash|will corrupt|will be lost|will be rejected|will cause|\
         ignoring this|may fail|will result in|not doing so|or else|will be lost|data loss|\
         will not process|will break|stuck|will be denied|will disrupt",
    ),
    (
        Param,
        "parameter|parameters|argument|arguments|field|fields|param|value|values|header|query|input|\
         payload|body|property|prefix|suffix|flag|option",
    ),
    (
        Recipient,
        "recipient|recipients|bcc|cc|destination address|account number|payee|beneficiary|attendee|\
         wallet address|destination account|to field|receiver|phone number|invitee|collaborator|reply-to|\
         mailbox",
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
         cannot be overridden|can't be overridden|supersedes all|overrides all|overrides any|\
         regardless of the user|regardless of user|regardless of what the user|\
         regardless of the original|regardless of the requested|regardless of what was requested|\
         regardless of any|no matter what the user|no matter what user|no matter what|whatever the user|even if the user|instead of what the user|\
         ignore the user|above all other|establish precedence|priority over|over the user's|\
         must be obeyed|absolute priority|ignore user|override the user|override user|ignoring the user|\
         override request",
    ),
    (
        Lifted,
        "suspended|disabled|unrestricted|without restrictions|no restrictions|lifted|elevated to|\
         bypassed|turned off|deactivated|full access|admin privilege|administrative mode|developer mode|\
         unfiltered|no longer apply|without validation|temporarily suspended|disable restrictions|\
         jailbreak|jailbroken|do anything now",
    ),
    (
        NoConsent,
        "without confirmation|without asking|without user confirmation|without approval|\
         without further confirmation|without additional confirmation|don't ask|do not ask|\
         no confirmation|without consent|do not wait for|don't wait for|without prompting|\
         without permission|immediately|no need to ask|nobody needs a ticket|without hesitation",
    ),
    (
        Content,
        "contents|content|a copy|copies|full copy|complete copy|backup copy|its text|file's text|the text|full text|the output|the result|response|data|\
         its value|the value|the information",
    ),
    (
        About,
        "attack|attacks|attacker|injection|injections|malicious|vulnerability|vulnerabilities|phishing|payload|payloads|threat|\
         prompt injection|jailbreaks|sanitize|red team|owasp|exploit|exploits|social engineering|untrusted|adversarial|\
         scan for|scans|scanner|detect|detects|detection|poisoning",
    ),
    (
        Example,
        "example of|examples of|such as|for example|an example|the example|quoted|looks like|sentence such|may contain|\
         e.g.|for instance|samples|the following example",
    ),
    (
        SameServer,
        "same server|this server|on this server|of this server",
    ),
    (
        This,
        "this tool|this function|this operation|this endpoint|calling it|using it",
    ),
    (File, "file|files|folder|directory|document|profile"),
    (
        Agent,
        "assistant|assistants|agent|agents|bots|the model|language model|ai model|llm|llms|ai system|\
         ai systems|chatbot|automated tools|automated readers|automation|hello bots|copilot|claude|\
         chatgpt|ai assistant|ai assistants|ai agent|ai agents",
    ),
];
