//! How bad, how sure, what kind, and where.

/// How bad a finding is. `Medium` and above means that a person should look; below is context.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Severity {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    /// From the mildest to the worst.
    pub const ALL: [Severity; 5] = [
        Severity::Info,
        Severity::Low,
        Severity::Medium,
        Severity::High,
        Severity::Critical,
    ];

    /// The word in reports and filters.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        }
    }

    /// The severity of that [`name`](Self::name).
    pub fn named(name: &str) -> Option<Severity> {
        Severity::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Confidence {
    Low,
    Medium,
    High,
}

impl Confidence {
    pub const fn name(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// What kind of threat a rule is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Category {
    Poisoning,
    HiddenText,
    Redefinition,
    Collision,
    Shadowing,
    CommandInjection,
    Exfiltration,
    ResultInjection,
    Secrets,
    Policy,
    Protocol,
    Abuse,
    Configuration,
}

impl Category {
    pub const ALL: [Category; 13] = [
        Category::Poisoning,
        Category::HiddenText,
        Category::Redefinition,
        Category::Collision,
        Category::Shadowing,
        Category::CommandInjection,
        Category::Exfiltration,
        Category::ResultInjection,
        Category::Secrets,
        Category::Policy,
        Category::Protocol,
        Category::Abuse,
        Category::Configuration,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Category::Poisoning => "poisoning",
            Category::HiddenText => "hidden-text",
            Category::Redefinition => "redefinition",
            Category::Collision => "collision",
            Category::Shadowing => "shadowing",
            Category::CommandInjection => "command-injection",
            Category::Exfiltration => "exfiltration",
            Category::ResultInjection => "result-injection",
            Category::Secrets => "secrets",
            Category::Policy => "policy",
            Category::Protocol => "protocol",
            Category::Abuse => "abuse",
            Category::Configuration => "configuration",
        }
    }
}

/// In what part of a session a finding stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PlaceKind {
    Definition,
    Arguments,
    Result,
    ServerInfo,
    Prompt,
    Resource,
    Sampling,
    Elicitation,
    Notification,
    Stderr,
    Transport,
}

impl PlaceKind {
    pub const fn name(self) -> &'static str {
        match self {
            PlaceKind::Definition => "definition",
            PlaceKind::Arguments => "arguments",
            PlaceKind::Result => "result",
            PlaceKind::ServerInfo => "server-info",
            PlaceKind::Prompt => "prompt",
            PlaceKind::Resource => "resource",
            PlaceKind::Sampling => "sampling",
            PlaceKind::Elicitation => "elicitation",
            PlaceKind::Notification => "notification",
            PlaceKind::Stderr => "stderr",
            PlaceKind::Transport => "transport",
        }
    }
}
