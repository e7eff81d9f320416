//! What the two sides offer each other, what is done by it, and which revisions have it (`2024-11-05` to `2026-07-28`).

/// Who declares a capability.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Offers {
    Client,
    Server,
}

/// A capability, or a part of one.
pub struct Capability {
    pub offers: Offers,
    /// Its key among the capabilities, and the key within it where it is a part.
    pub key: &'static str,
    pub part: Option<&'static str>,
    /// The methods that rest on it.
    pub methods: &'static [&'static str],
    /// The first revision that has it.
    pub first: &'static str,
    /// The last one, where a later one took it away.
    pub last: Option<&'static str>,
    /// The revision that deprecates it, and what it says.
    pub deprecated: Option<(&'static str, &'static str)>,
}

const fn server(
    key: &'static str,
    part: Option<&'static str>,
    methods: &'static [&'static str],
) -> Capability {
    Capability {
        offers: Offers::Server,
        key,
        part,
        methods,
        first: "2024-11-05",
        last: None,
        deprecated: None,
    }
}

const fn client(
    key: &'static str,
    part: Option<&'static str>,
    methods: &'static [&'static str],
) -> Capability {
    Capability {
        offers: Offers::Client,
        ..server(key, part, methods)
    }
}

const CHANGED: Option<&str> = Some("listChanged");
const R2025_11: &str = "2025-11-25";
const R2026: &str = "2026-07-28";
const TASKS: &[&str] = &[
    "tasks/get",
    "tasks/result",
    "tasks/list",
    "tasks/cancel",
    "notifications/tasks/status",
];

/// Every capability of the specification that says which methods rest on it.
pub const CAPABILITIES: &[Capability] = &[
    server("tools", None, &["tools/list", "tools/call"]),
    server("tools", CHANGED, &["notifications/tools/list_changed"]),
    server("prompts", None, &["prompts/list", "prompts/get"]),
    server("prompts", CHANGED, &["notifications/prompts/list_changed"]),
    server(
        "resources",
        None,
        &[
            "resources/list",
            "resources/templates/list",
            "resources/read",
        ],
    ),
    server(
        "resources",
        Some("subscribe"),
        &[
            "resources/subscribe",
            "resources/unsubscribe",
            "notifications/resources/updated",
        ],
    ),
    server(
        "resources",
        CHANGED,
        &["notifications/resources/list_changed"],
    ),
    server(
        "logging",
        None,
        &["logging/setLevel", "notifications/message"],
    ),
    Capability {
        first: "2025-03-26",
        ..server("completions", None, &["completion/complete"])
    },
    Capability {
        first: R2025_11,
        last: Some(R2025_11),
        ..server("tasks", None, TASKS)
    },
    Capability {
        deprecated: Some((R2026, "a server may ask for roots inside its answers only")),
        ..client("roots", None, &["roots/list"])
    },
    Capability {
        last: Some(R2025_11),
        ..client("roots", CHANGED, &["notifications/roots/list_changed"])
    },
    Capability {
        deprecated: Some((
            R2026,
            "a server may ask for the model's words inside its answers only",
        )),
        ..client("sampling", None, &["sampling/createMessage"])
    },
    Capability {
        first: "2025-06-18",
        ..client("elicitation", None, &["elicitation/create"])
    },
    Capability {
        first: R2025_11,
        last: Some(R2025_11),
        ..client("tasks", None, TASKS)
    },
];

impl Capability {
    /// `resources.subscribe`
    pub fn name(&self) -> String {
        match self.part {
            Some(part) => format!("{}.{part}", self.key),
            None => self.key.to_owned(),
        }
    }

    /// What a revision says against it, in a sentence; `None` where it has it and nothing against it.
    pub fn objection(&self, revision: &str) -> Option<String> {
        if revision < self.first {
            return Some(format!(
                "{revision} does not have it yet; it came with {}.",
                self.first
            ));
        }
        if let Some(last) = self.last.filter(|last| revision > *last) {
            return Some(format!(
                "{revision} does not have it any more; {last} was the last that had."
            ));
        }
        let (since, says) = self.deprecated.filter(|(since, _)| revision >= *since)?;
        Some(format!("Deprecated by {since}: {says}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::method;

    fn of(offers: Offers, name: &str) -> &'static Capability {
        let mut all = CAPABILITIES.iter();
        all.find(|one| one.offers == offers && one.name() == name)
            .expect("it is in the table")
    }

    #[test]
    fn revisions_object_to_what_they_do_not_have_or_deprecate() {
        let sampling = of(Offers::Client, "sampling");
        assert_eq!(sampling.objection("2025-11-25"), None);
        assert!(
            sampling
                .objection("2026-07-28")
                .unwrap()
                .starts_with("Deprecated by 2026-07-28")
        );
        let elicitation = of(Offers::Client, "elicitation");
        assert!(
            elicitation
                .objection("2025-03-26")
                .unwrap()
                .contains("came with 2025-06-18")
        );
        let tasks = of(Offers::Server, "tasks");
        assert_eq!(tasks.objection("2025-11-25"), None);
        assert!(tasks.objection("2026-07-28").unwrap().contains("any more"));
        assert_eq!(
            of(Offers::Server, "tools.listChanged").objection("2026-07-28"),
            None
        );
    }

    #[test]
    fn every_method_and_revision_is_one_of_the_protocol() {
        for one in CAPABILITIES {
            assert!(method::REVISIONS.contains(&one.first), "{}", one.name());
            for name in one.methods {
                assert!(method::is_listed(name.as_bytes()), "{name}");
            }
        }
    }
}
