use super::super::known::tests::{decided, shown};
use super::super::{Client, Identity, Kind, Verdict};
use super::*;

fn identity(label: &str) -> Identity {
    Identity {
        address: Some(format!("npx {label}")),
        label: Some(label.to_owned()),
        client: Client::Unknown,
    }
}

fn accept(store: &Store, label: &str, tool: &str) {
    let kept = store.update(|baseline| {
        let known = baseline.entry(&identity(label)).unwrap();
        known.note(shown(tool, 1), decided(Verdict::Accepted, "2026-01-01"))
    });
    assert!(kept.unwrap().0);
}

#[test]
fn what_is_written_is_read_back_whatever_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::of_folder(folder.path());
    assert!(store.load().unwrap().is_empty() && !store.exists());
    accept(&store, "a\u{202e}\"\\\u{1b}[2J", "t\u{0}\u{e0041}");
    let baseline = store.load().unwrap();
    let item = &baseline.servers()[0].items()[0];
    assert_eq!(
        (item.kind, item.name.as_str()),
        (Kind::Tool, "t\u{0}\u{e0041}")
    );
    assert_eq!(store.update(|_| ()).unwrap().1, baseline);
}

#[test]
fn writers_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::of_folder(folder.path());
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..10 {
                    accept(store, &format!("server {writer}"), &format!("tool {n}"));
                }
            });
        }
    });
    let baseline = store.load().unwrap();
    assert_eq!(baseline.servers().len(), 4);
    assert!(
        baseline
            .servers()
            .iter()
            .all(|known| known.items().len() == 10)
    );
    let left: Vec<_> = fs::read_dir(folder.path().join("baseline"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    let most = if cfg!(unix) { 1 } else { 2 };
    assert_eq!(left.len(), most, "the file, and no lock: {left:?}");
}

#[test]
fn a_newer_or_damaged_file_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("baseline.json");
    let store = Store::at(&path);
    for (content, word) in [
        (
            r#"{"schema":"plainsight.baseline/2","servers":5}"#,
            "newer plainsight",
        ),
        (
            r#"{"schema":"plainsight.baseline/1","servers":[{"lab"#,
            "damaged",
        ),
        ("", "damaged"),
        (r#"{"schema":"something.else/1"}"#, "another kind of file"),
        (
            r#"{"schema":"plainsight.baseline/1","servers":[{"items":[{"kind":"tool","wordings":[{"hash":"x"}]}]}]}"#,
            "damaged",
        ),
    ] {
        fs::write(&path, content).unwrap();
        let error = store.load().unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
        assert!(store.update(|_| ()).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[test]
fn a_named_file_must_be_there_to_be_read_and_is_made_to_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path().join("trusted.json"));
    assert!(matches!(store.load(), Err(Error::Missing { .. })));
    accept(&store, "a", "b");
    assert_eq!(store.load().unwrap().servers().len(), 1);
    assert!(matches!(
        Store::at(folder.path()).load(),
        Err(Error::NotAFile { .. })
    ));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn nobody_else_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("baseline");
        fs::create_dir(&own).unwrap();
        fs::set_permissions(&own, fs::Permissions::from_mode(0o755)).unwrap();
        let store = Store::of_folder(folder.path());
        accept(&store, "a", "b");
        assert_eq!(mode(&own), 0o700);
        assert_eq!(mode(&own.join("baseline.json")), 0o600);
        let locked = store.update(|_| mode(&own.join(".baseline.json.lock")));
        assert_eq!(locked.unwrap().0, 0o600);
    }

    #[test]
    fn no_link_is_followed_in_our_own_folder() {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("victim");
        fs::write(&victim, "precious").unwrap();
        let own = folder.path().join("baseline");
        fs::create_dir(&own).unwrap();
        symlink(&victim, own.join("baseline.json")).unwrap();
        let store = Store::of_folder(folder.path());
        assert!(matches!(store.load(), Err(Error::Link { .. })));
        assert!(store.update(|_| ()).is_err());
        fs::remove_file(own.join("baseline.json")).unwrap();
        let lock = own.join(".baseline.json.lock");
        symlink(&victim, &lock).unwrap();
        assert!(matches!(
            store.update(|_| ()),
            Err(Error::Io { done: "locked", .. })
        ));
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    }

    #[test]
    fn a_link_to_the_folder_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        symlink(elsewhere.path(), folder.path().join("baseline")).unwrap();
        let store = Store::of_folder(folder.path());
        assert!(matches!(store.update(|_| ()), Err(Error::Link { .. })));
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_named_link_leads_to_the_file_that_is_meant() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        accept(&Store::at(&file), "a", "b");
        symlink(&file, &link).unwrap();
        accept(&Store::at(&link), "c", "d");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert_eq!(Store::at(&file).load().unwrap().servers().len(), 2);
    }

    #[test]
    fn a_pipe_is_no_file_and_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        let made = rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RWXU);
        made.unwrap();
        assert!(matches!(
            Store::at(&pipe).load(),
            Err(Error::NotAFile { .. })
        ));
    }
}
