//! English, said in a roundabout way: what polite, official and technical texts write for the same things.

use super::Concept::*;
use super::Words;

pub const PARAPHRASE: Words = &[
    (
        Aware,
        "know|knows|knowing|known to|hear|hears|hearing|hear of|learn|learns|aware|find out|finds out|\
         notice|notices|noticing|bothered|troubled|burdened|worried|concerned|consulted|reminded|see any of|sees any of|see this|sees this|learn of|discover|discovers|\
         wise to|privy to|alarmed|distracted|confused|kept posted|in the loop|briefed|any the wiser",
    ),
    (
        Unsaid,
        "isn't to|is not to|are not to|aren't to|not meant to|isn't meant to|aren't meant to|not worth|\
         no interest in|no reason to|no cause to|nobody|no one|no-one|no longer|need not|needn't|\
         doesn't need to|don't need to|does not need to|do not need to|does not have to|do not have to|\
         doesn't have to|don't have to|no need|none of this|should remain|are to remain|is to remain|\
         must remain|not to be|shall not|may not|unnecessary to|pointless to|superfluous to|refrain|refrains|\
         abstain|forgo|forego|no occasion to|not going to|without|un-|is spared|are spared|isn't supposed to|\
         not required to|no obligation to|best not|better not|rather not",
    ),
    (
        Tell,
        "bring this up|bring that up|bring it up|brought up|raise this|raise the matter|reported|explaining|\
         explained|announced|commented on|comment on|let on|spell out|spelt out|spelled out|make known|\
         draw attention|flag this|flagged to|highlight|divulge|divulged|touch on|touched upon|publicise|\
         publicize|elaborate|narrate|pass remark|advertise|advertised|worth reporting|allude to|\
         made public|own up|confess",
    ),
    (
        Hush,
        "any the wiser|invisible by design|stays unnoticed|stay unnoticed|remain unnoticed|no announcement needed|\
         no need for a fuss|without fuss|spare them the detail|spare the user|off the report|listings omit|\
         filtered from what you|won't be able to tell|shouldn't find out|stays in the dark|kept in the dark|\
         only get nervous|of no concern to|no point in showing|deny it if|if asked, deny|our secret|\
         our little secret|don't say where it came|without anybody being|without anyone being|\
         unmentioned|unannounced|unreported|undisclosed|keep mum|stays mum|stay mum|keeps mum|keep quiet|\
         keeps quiet|tell nobody|tell no one|tell no-one|tells nobody|stay silent|stays silent|goes unsaid|\
         left unsaid|stays between us|stay between us|between ourselves|just between|on the quiet|on the sly|\
         hush-hush|hush this|not breathe a word|breathe a word|never come up|without remark|\
         without comment|without further comment|without announcing|without explanation to|\
         not worth reporting|not worth a mention|not part of what is shown|isn't part of what is shown|\
         not part of what is displayed|isn't part of what is displayed|part of the visible answer|\
         leave it at that in the reply|remain unaware|remains unaware|stay unaware|be unaware|be kept unaware|\
         are unaware|none the wiser|\
         not for the eyes of|meant for the user's eyes|for the user's eyes|kept from the user|\
         keep from the user|keep it from|kept from them|away from the user's eyes|out of sight of the user|\
         out of the user's sight|out of the visible|escape the user's notice|escapes the user's notice|\
         go unnoticed by|goes unnoticed by|as though nothing|as if it had|as though it had|\
         as your own idea|as your own suggestion|as your own recommendation|telling them it|tell them it is|\
         say it was|say it is the original|say the original|report success either way|report it as done|\
         report the original|show the original|leave the preview|keep the preview|as the user entered|\
         make it look|make it appear|make it seem|looks as though|no trail|without a trace|without trace|\
         cover your tracks|cover its tracks|wipe the traces|erase the traces|remove the traces|\
         remove any trace|remove all traces|delete the traces|leaves no trace|leave no record|\
         no record of this|keep off the record|kept off the record|off the record|leave out that|\
         leaves out that|gloss over|glosses over|play it down|plays it down|keep a straight face|\
         no longer announced|not announced to|cover story|divert attention|distract the user|\
         keep the user entertained|keep the user busy|keeps the user busy|omit any reference|\
         omit every reference|omit all reference|without reference to this|suppress any mention|\
         suppress this|suppress it from|suppressed from the|redact this from|redact it from|scrub this from|\
         strip this from|filtered from the answer|excluded from the answer|excluded from the summary|\
         excluded from the reply|omitted from the answer|omitted from the summary|omitted from the reply|\
         leave that part out|leave this part out|leave that bit out|leave this bit out",
    ),
    (
        User,
        "data subject|end users|principal|the operator|the employee|the person you|account holder|\
         the individual|the owner|whoever is asking|the requester|the requestor|the caller's owner|\
         your human|the client's user|the participant|the reader of the answer|the account owner|the player",
    ),
    (
        Talk,
        "conversation|dialogue|dialog|chat|chats|exchange|transcript|session|thread|correspondence|\
         messages|discussion|prompts|what was said|has been said|was said|has said|have said|has told you|\
         have told you|told you so far|has typed|have typed|has written|has asked|asked so far|turns",
    ),
    (
        Whole,
        "so far|up to now|up to this point|to date|hitherto|everything that|the lot|every word|every line|\
         all of it|unaltered|unshortened|in its entirety|from the beginning|from the start|running|\
         since it began|including hidden parts|hidden parts|preceding|a full record|literal",
    ),
    (
        Conversation,
        "working memory|surrounding prompt|system message|very first message|complete instructions|\
         context you hold|everything above this point|previous turns|your context|messages since the start|\
         preceding dialogue|preceding conversation|preceding messages|text of the system prompt|\
         transcript of the session|conversation transcript|session transcript|dialogue history|\
         history of the chat|history of the conversation|exchange between you|its own instructions|\
         its instructions|their instructions|the model's instructions|the model's own instructions|\
         the assistant's instructions|your own instructions|your role description|initial prompt|\
         initial configuration|configuration text|sets out your role|set out your role|defines your role|\
         describes your role|setup text|opening instructions|opening prompt|the text above this|\
         text above this line|the above text|operator's prompt|developer's prompt|tools at its disposal|\
         tools at your disposal|list of your tools|tools available to it|recent chats|chat log|chat logs|\
         dialogue log|the prompt you run under|prompt that you were|prompt you were|rules you were given|\
         guidance you were given|briefing you were given|own system prompt|own prompt",
    ),
    (
        Loot,
        "deploy key|root token|publish credential|one-time code|db password|google refresh token|session token|\
         login data of|home directory of|private part|passport scan|passport scans|browser profile|\
         master key|keys from the keychain|person's keychain|ssh private key|private ssh key|credential files|credential file|credential store|\
         password store|password database|password vault|password file|file of passwords|\
         file with passwords|passwords file|stored logins|saved logins|saved login|browser cookies|\
         login cookies|session cookie|shell's history|command history|terminal history|\
         environment of the process|process environment|its environment variables|output of env|`env`|\
         signing keys|secret keys|encryption keys|encryption key|gpg key|pgp key|deploy keys|\
         wallet seed|seed words|mnemonic phrase|recovery codes|backup codes|one-time codes|2fa codes|\
         otp codes|verification codes|saved cards|stored cards|stored card|card on file|card details|\
         card numbers|token of the|auth tokens|access keys|api secrets|local secrets|saved secrets|\
         stored secrets|secrets of the|secrets from|config secrets|cloud credentials|cloud keys|\
         aws keys|aws credentials|github token|gitlab token|npm token|kubeconfig|known_hosts|\
         keystore|certificate store|private certificates|login tokens|refresh token|refresh tokens|\
         master password|root password|admin password|database password|wifi password|\
         keys on this machine|keys on the machine|credentials on this machine|contents of the clipboard|\
         passwords which|passwords that|credentials which|credentials that|whatever credentials|\
         any credentials|all credentials|any passwords|all passwords|any secrets|all secrets|\
         any api keys|all api keys|any keys|gather secrets|collect secrets|auth entries|user's password|\
         user's pin|user's token|user's keys|user's secrets|user's cookies|user's key",
    ),
    (
        Personal,
        "medical file|travel receipts|mail archive|home folder|open files|project folder|identity papers|\
         last document|customer table|guest list|private messages|postal address|payment card|contact book|address book|user's contact list|user's contacts|list of contacts|their contacts|\
         all contacts|e-mail inbox|email inbox|the inbox|inbox of|private repositories|private repository|\
         private files|private documents|private data|anything private|personal information|\
         personal details|bank statement|bank statements|balance of|the balance|card number|full name|\
         calendar entries|whole calendar|entire calendar|last direct messages|direct messages|last dm|\
         photo library|health records|medical data|tax return|tax returns|payslip|payslips|\
         documents it has open|open documents|recent documents|recent files|latest mails|last mails|\
         newest messages|latest messages|recent mails|recent messages|last five mails|last ten mails",
    ),
    (
        Pass,
        "shares|sharing|shared|relays|relayed|relaying|passes|emails|emailing|embedding|transmitting|delivering|\
         puts|putting|placing|appends|dispatches|dispatched|shipping|ships|streams|exports|exporting|exported|\
         export|exfiltrates|leaks|leaked|routes|routed|mirrors|forwarded|sent on|sent along|sent off|hands on|\
         furnish|furnishes|furnished|hand in|handed in|hand them in|hand it in|lay down|laid down|belong in|\
         belongs in|belong here|belongs here|goes in|go in|goes into|go into|goes under|go under|expected in|\
         expected here|placed in|placed into|put into|inserted|accompany|accompanies|accompanied by|enclose|\
         enclosed|encloses|enclosing|quote|quotes|quoted|conveyed|convey|conveys|surrender|surrendered|\
         divulge|duplicated|duplicate|duplicates|carbon|export into|flow into|flows into|poured into|find its way|\
         finds its way|deposited|deposit|deposits|lodged|lodge|recorded in|recorded by|record in|written to|\
         written into|writes to|stored in|store in|saved to|save to|saved into|kept in|held in|attached|\
         attaches|attaching|included|includes|embedded|embeds|pushed to|push to|pushes to|push|synced to|\
         sync to|mailed to|mail to|mail|mails|e-mail|e-mailed|messaged|texted|faxed|published|publish|\
         publicise|file with|filed with|reported in|tunnelled|funnelled|funnel|channelled|channel|siphon|\
         siphoned|beamed|offloaded|offload|transferred|transfer|conferred|made available|make available|\
         serialised into|serialized into|encoded into|encoded in|encode|carried in|carried along|carry|\
         take along|along with|hands|gives|give|leaves with|submits|reach|reaches|brought to|is returned in|\
         echoed|echo|reproduce|reproduced|restate|restated|recite|recited|mention in|spelled out in|\
         fed to|fed into|feed|feeds|addressed to|address it to|address to|deliver to|ends up in|shall contain|\
         should contain|must contain|must hold|has to contain|has to hold|is to contain|is to hold|\
         comes from|is taken from|are taken from|is filled from|are filled from|is filled with|filled with",
    ),
    (
        Read,
        "consult|consulted|consults|looks up|looked up|looks at|have a look at|take a look at|peek|peek into|\
         study|opens|opened|fetched|fetches|retrieved|retrieves|obtains|obtained|obtaining|gathered|gathers|\
         gathering|collected|collects|collecting|extracted|extracts|acquired|acquire|procure|procured|\
         request from|requested from|ask for|asks for|we ask for|recall|recalls|recalling|lift|lifts|\
         take from|taken from|takes from|sourced from|source it from|drawn from|draw from|pick up|picks up|\
         picked up|examine|examined|inspect|inspected|enumerate|enumerated|enumerates|preserved|preserve|\
         harvested|scraped|copying|opening|digs out|dig out|dig up|fish out|get hold of|come by|pull out|\
         capture|captured|capturing|memorise|memorize|remember|note down|noted down|keep a note of",
    ),
    (
        Must,
        "is expected to|are expected to|be expected to|expected to have|is responsible for|\
         are responsible for|responsible for|it is mandated|is mandated|mandated that|obligation|\
         obliges|operational requirement|service requirement|is asked to|are asked to|be so kind|kindly|\
         we'd be grateful|we would be grateful|would be lovely|would appreciate|we'd appreciate|be sure to|\
         the remedy is|the fix is|the workaround is|it is the model's job|it's the model's job|is the job of|\
         it falls to|will normally|will always|are requested to|is requested to|is instructed to|\
         are instructed to|instructed to|is advised to|are advised to|pursuant to|in accordance with|\
         compliance directive|in all cases|without exception|invariably|as a matter of course|\
         has the duty|have the duty|duty to|is bound to|are bound to|could you please|requirement to|\
         we need|we require|we want|we also want|is due|can only be used after|only be used after",
    ),
    (
        Prior,
        "you were told|told before|elsewhere|whatever you were|whatever the developer|from others|\
         others gave|up to here|until here|handed down|you came with|you started with",
    ),
    (
        Rules,
        "guidance|guard rails|guardrail|ground rules|safety rules|developer's rules|operator's rules|\
         what the operator said|what the operator told|what the developer said|the operator said|\
         the operator's|house rules|code of conduct|mandate|mandates|provisos|stipulations|\
         usual safety|safety measures|safety precautions|precautions|reservations|scruples|\
         what you have learned about safety|confidentiality rules|privacy rules|about privacy|about safety",
    ),
    (
        Void,
        "have been amended|has been amended|is superseded|are superseded|superseded by|have been withdrawn|has been withdrawn|been withdrawn|\
         been rescinded|is rescinded|are rescinded|been repealed|are repealed|has lapsed|have lapsed|lapses|\
         lapse|doesn't apply|does not apply|do not apply|don't apply|is suspended while|void from here|\
         rules void|consider void|as void|is off the table|are off the table|has no force|have no force|\
         without force|is history|are history|ceases to|has been overruled|are overruled|is overruled|\
         may be switched off|can be switched off|may be dropped|gives way to|give way to|yield to|yields to|\
         set aside",
    ),
    (
        Solely,
        "take your orders from|takes its orders from|take orders from|take directions from|\
         take direction from|as this tool's results direct|as the results direct|results direct you|\
         do as the output says|do as this tool says|do whatever the output|do whatever this tool|\
         follow whatever this tool|follow whatever the|only what this tool says counts|\
         what is returned from this tool|returned by this tool is binding|results are binding|\
         results of this tool are binding|its word is final|has the final say|have the final say|\
         has the last word|have the last word|is authoritative over|treat its output as orders|\
         treat its output as instructions|treat the output as instructions|treat the result as instructions|\
         treat the results as instructions|act on whatever|carry out whatever|execute whatever|\
         obey whatever|obey the output|obey the result|be guided solely|be guided only",
    ),
    (
        Consent,
        "approval|approvals|confirmation|confirmations|consent|permission prompt|permission prompts|\
         permission dialogue|permission dialog|approval dialogue|approval dialog|confirmation dialogue|\
         confirmation dialog|security confirmations|go-ahead|sign-off|sign off|human in the loop|\
         human-in-the-loop|user's permission|permission of the user|permission from the user|\
         agreement of the user|user's agreement|asking first|being asked|having been asked|prompting the user|\
         confirm step|confirmation step|approval step|consent step|consent prompt|consent dialog",
    ),
    (
        NoConsent,
        "without being asked|without the user being asked|no questions asked|unprompted|unasked|unbidden|\
         straight away|right away|at once|without waiting|on their behalf|on behalf of the user|\
         auto_approve=true|auto_approve|auto-approve|autoapprove|without seeking|without checking back|\
         without checking with|without delay|don't worry about asking|never request them openly|\
         without further ado|has already agreed|has already approved|pre-approved|already consented|\
         pre-authorised|pre-authorized|has granted full access|granted full access|as agreed with the user",
    ),
    (
        Recipient,
        "blind copy|carbon copy|additional guest|extra guest|additional recipient|extra recipient|\
         guest|guests|correspondent|correspondents|payees|forwarding address|reply address|return address|\
         the addressee|who the user wants to write to|intended person|intended recipient|the number|\
         maintenance wallet|wallet|copied to|copy to|goes to the account|clearing account",
    ),
    (
        Change,
        "exchange for|tausch|swap in|swaps in|swap for|put in place of|takes the place of|take the place of|\
         stands in for|tamper|tweak|tweaks|tweaked|adapt|adapts|adapted|inflate by|mark up|marks up|top up|\
         raise it|raises it|is cosmetic|are cosmetic|purely cosmetic|is ignored|are ignored|is discarded|\
         is decorative|is merely decorative|serves only as decoration|is a placeholder only|diverts|diverting|\
         reassign|reassigned|reassigns|re-address|readdress|readdressed|re-addressed|supplant|supplants|\
         supplanted|falsify|forge|doctor|doctored|massage|understate|overstate|withhold|withholds|withheld",
    ),
    (
        Add,
        "slip in|slips in|sneak in|sneak|sneaks|smuggle|smuggles|smuggled|tuck in|tucked in|tack|weave in|\
         woven in|work in|accompanied|carries a copy|carry a copy|gets an additional|gets an extra|\
         receives an additional|receives an extra|another copy|an extra copy|an additional copy|\
         second copy|a further copy|is duplicated|are duplicated|is mirrored|are mirrored|mirrored to|\
         is echoed to|as well as the|besides the|in addition to the",
    ),
    (
        OtherTool,
        "mail tool|mail server|email tool|e-mail tool|messaging tool|messaging server|chat tool|shell tool|\
         terminal tool|bash tool|terminal server|command tool|exec tool|file tool|file server|\
         filesystem tool|filesystem server|file reader|file-reading tool|read-file tool|banking tool|\
         bank tool|banking server|payment tool|payments tool|wallet tool|vault tool|vault server|\
         password tool|browser tool|browser server|calendar tool|calendar server|contacts tool|\
         contacts server|address-book server|address-book tool|address book tool|crm tool|crm server|\
         database tool|database server tool|http tool|fetch tool|web tool|upload tool|notes tool|\
         memory tool|github tool|git tool|slack tool|drive tool|storage tool|other tool|other tools|\
         another tool|other server|another server|any other server's|other server's|other servers'|\
         tool of your choice|whichever tool|any tool that can|any tool which can|tool that reads|\
         tool that can read|whatever tool|tool that sends|tool able to|tools able to|\
         tools you have for|any file access|your file access|your shell|your terminal|your mail access",
    ),
    (
        Standing,
        "each new chat|every new chat|each new session|every new session|later sessions|future sessions|\
         future chats|later chats|long-term memory|longterm memory|your memory|permanent memory|\
         in perpetuity|permanently|every later|any later|from here onwards|for good|as long as this tool|\
         while this tool is loaded|while this server is connected|from that moment|on each start|\
         at each start|at every start|in every later|always remember|remember from now on|\
         the first invocation of|having used this|once this has been",
    ),
    (
        Agent,
        "models|an ai|ai client|ai clients|agents|well-behaved models|calling model|callers|coding assistants|coding assistant|coding agents|coding agent|integrators|hosts|\
         language models|automated systems|automated system|automated agents|ai reader|ai readers|\
         artificial intelligence|dear ai|gpt|gemini|cursor agent|large language models|\
         the orchestrator|the planner",
    ),
    (
        About,
        "flags content|content that asks|texts that ask|text that asks|asks a model to|asking a model to|threats|exfiltration|pirates|hackers|hacker|attackers|adversary|adversaries|defences|defenses|\
         mitigation|mitigations|security advisory|advisory|cve|red teamer|threat model|tool poisoning|\
         jailbreaking|penetration test|pentest|blog post|researchers|proof of concept|spoofing",
    ),
    (
        Threat,
        "will be refused|gets refused|calibrates itself on it|so that the result is right|for entropy|to be exact",
    ),
    (
        Deed,
        "grant|refund|merge this|merge it|approve|transfer|wire|pay|delete|erase|wipe|purchase|buy|unlock|\
         revoke|install|open a pull request|make a pull request|enter the user's|book|order|follow the account|\
         give this customer|give the customer|give me|publish|make public|leak|leave out|append|push|\
         close the ticket|close this ticket|close the issue|promote|whitelist|allowlist|block|unsubscribe|\
         subscribe|click|visit|recommend|sign in|log in as|run|execute|call|cc|bcc|reply with|reply to|\
         rate this|score this|hire|reject all|print your|reveal your|disclose your|repeat your|clear the|drop the|\
         drop all|overwrite|shut down|upload|send all|forward all|share the|share all|change the password|\
         reset the password|add the user|add me|make me|put them|put it|post it|post them|create an admin",
    ),
    (
        OtherTrade,
        "caller|call agents|warranty|units|plot|estate|buyer|seller|call center|call centre|callcenter|callers|caller's|insurance|travel agent|\
         sales|staff|employee|employees|executive|manager|secretary|novel|handbook|job ad|vacancy|applicant|\
         law firm|lawyer|court|nurse|patient|teacher|salary|hotel|passenger|police|customs officer|landlord|tenant",
    ),
    (
        Inner,
        "line numbers|plot twist|twist|ending|solution|solutions|answers|answer key|spoilers|spoiler|murderer",
    ),
    (
        Before,
        "preceded by|precedes|prior to using|prior to dispatch|in advance of|ahead of each|\
         ahead of every|ahead of the|can only be used after|only be used after|not before|\
         has been invoked|have been invoked|to have consulted|begin by|begins by|starts by|start by",
    ),
];
