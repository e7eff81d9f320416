use super::super::{Client, Hash, Kind, Standing};
use super::*;

const PROTECTOR: &[u8] = include_bytes!("../../../../tests/baseline/context-protector.json");
const MCPSNOOP: &[u8] = include_bytes!("../../../../tests/baseline/mcpsnoop.json");

fn imported(bytes: &[u8]) -> Result<Imported, String> {
    import(
        bytes,
        &Origin {
            written: "2026-01-01T00:00:00Z",
            source: "servers.json",
            address: &|address| address.to_owned(),
        },
    )
}

fn accepted(bytes: &[u8]) -> Baseline {
    let mut baseline = Baseline::default();
    let imported = imported(bytes).unwrap();
    imported.accept(&mut baseline, "2026-02-01T00:00:00Z", "servers.json");
    baseline
}

fn stands<'a>(
    baseline: &'a Baseline,
    address: &str,
    label: &str,
    name: &str,
    json: &str,
) -> Standing<'a> {
    let identity = Identity {
        address: Some(address.to_owned()),
        label: Some(label.to_owned()),
        client: Client::Of(Hash([1; 16])),
    };
    baseline.standing(
        &identity,
        (Kind::Tool, name),
        Hash([9; 16]),
        json.as_bytes(),
        None,
    )
}

#[test]
fn approvals_are_those_whose_hash_fits_what_the_file_holds() {
    let found = imported(PROTECTOR).unwrap();
    assert_eq!((found.program, found.len()), ("mcp-context-protector", 3));
    assert_eq!(found.left.len(), 2, "{:?}", found.left);
    assert!(found.left[0].contains("another wording"));
    let baseline = accepted(PROTECTOR);
    let names: Vec<&str> = baseline
        .servers()
        .iter()
        .flat_map(|known| known.items())
        .map(|item| item.name.as_str())
        .collect();
    assert_eq!(names, ["post_note", "", "list_notes"]);
}

#[test]
fn approvals_are_recognised_in_a_recording_by_command_whatever_the_label() {
    let baseline = accepted(PROTECTOR);
    let now = r#"{"name":"post_note","description":"Posts a note – “quick” 😀.\n","inputSchema":{"type":"object","properties":{"board":{"type":"string","enum":["team","all"]},"text":{"type":"string","description":"What it says."}},"required":["text"],"additionalProperties":false}}"#;
    let at = |json: &str| {
        stands(
            &baseline,
            "uvx notes-server --quiet",
            "anything",
            "post_note",
            json,
        )
    };
    assert!(matches!(at(now), Standing::Accepted(_)));
    assert!(matches!(
        at(&now.replace("a note", "your notes")),
        Standing::Changed { .. }
    ));
    let other = stands(&baseline, "uvx other", "anything", "post_note", now);
    assert_eq!(other, Standing::Unknown);
}

#[test]
fn baselines_of_mcpsnoop_know_their_server_by_label() {
    let baseline = accepted(MCPSNOOP);
    let now = r#"{"name":"list_notes","title":"","description":"Lists notes.","inputSchema":{"type":"object","properties":{"limit":{"type":"integer"}}},"annotations":{"readOnlyHint":true},"_meta":{"a":1}}"#;
    let at = |json: &str| stands(&baseline, "uvx notes", "notes", "list_notes", json);
    assert!(matches!(at(now), Standing::Accepted(_)));
    assert!(matches!(
        at(&now.replace("true", "false")),
        Standing::Changed { .. }
    ));
    assert!(matches!(
        stands(&baseline, "uvx notes", "notes", "drop", "{}"),
        Standing::New(_)
    ));
}

#[test]
fn the_first_version_of_mcpsnoop_says_nothing_of_annotations() {
    let old = br#"{"version":1,"server":"notes","tools":[{"name":"a","description":"A.","input_schema":{"type":"object"}}]}"#;
    let baseline = accepted(old);
    let now = r#"{"name":"a","description":"A.","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}"#;
    assert!(matches!(
        stands(&baseline, "x", "notes", "a", now),
        Standing::Accepted(_)
    ));
}

#[test]
fn what_is_neither_is_refused_with_a_sentence() {
    for (bytes, word) in [
        (&b"{}"[..], "neither"),
        (b"not json", "no JSON"),
        (br#"{"version":9,"server":"a","tools":[]}"#, "version 9"),
        (br#"{"server":"a","tools":[]}"#, "no version"),
        (br#"{"version":2,"server":"","tools":[]}"#, "does not name"),
    ] {
        let error = imported(bytes).unwrap_err();
        assert!(error.contains(word), "{error}");
    }
    assert!(
        imported(br#"{"servers":[1,{"identifier":5},{"identifier":"a","config":{"tools":[7]}}]}"#)
            .unwrap()
            .is_empty()
    );
}
