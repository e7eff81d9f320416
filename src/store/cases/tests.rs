use super::*;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const NOW: &str = "2026-01-01T00:00:00Z";

fn shelf() -> (TempDir, Shelf) {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::at(folder.path().join("state/cases"));
    (folder, shelf)
}

fn mark(shelf: &Shelf, id: &Id, key: &str, mark: Option<Mark>) -> Record {
    let change = Change {
        marks: vec![(key.to_owned(), mark)],
        ..Change::default()
    };
    let apply = |record: &mut Record, _| change.apply(record, NOW, "ana");
    shelf.update(id, apply).unwrap().1
}

fn file(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    fs::canonicalize(path).unwrap()
}

fn with(shelf: &Shelf, files: &[&PathBuf]) -> Id {
    let id = Id::new().unwrap();
    let sources: Vec<Source> = files.iter().map(|file| Source::of(file).unwrap()).collect();
    let set = |record: &mut Record, _| record.sources = sources;
    shelf.update(&id, set).unwrap();
    id
}

#[test]
fn what_is_kept_is_read_back_whatever_it_holds() {
    let (_folder, shelf) = shelf();
    let id = Id::new().unwrap();
    let hostile = Mark::new(Verdict::Confirmed, "\u{202e}\"\\\u{1b}[2J\u{0}\n| x");
    mark(&shelf, &id, "f1", Some(hostile.clone()));
    mark(&shelf, &id, "f2", Some(Mark::new(Verdict::NeedsALook, "")));
    let record = mark(&shelf, &id, "f2", None);
    assert_eq!(shelf.load(&id).unwrap(), Some(record.clone()));
    let kept = &record.marks["f1"];
    assert!(kept.says_as(&hostile));
    assert_eq!((kept.at.as_str(), kept.by.as_str()), (NOW, "ana"));
    assert_eq!(record.marks.len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = _folder.path().join("state/cases");
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join(format!("{}.json", id.as_str()))), 0o600);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no lock is left");
    }
}

#[test]
fn writers_at_once_lose_nothing_of_each_other() {
    let (_folder, shelf) = shelf();
    let id = Id::new().unwrap();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (shelf, id) = (&shelf, &id);
            scope.spawn(move || {
                for n in 0..8 {
                    let verdict = Verdict::ALL[n % 3];
                    mark(
                        shelf,
                        id,
                        &format!("{writer} {n}"),
                        Some(Mark::new(verdict, "")),
                    );
                }
            });
        }
    });
    assert_eq!(shelf.load(&id).unwrap().unwrap().marks.len(), 32);
}

#[test]
fn a_change_is_what_differs_and_nothing_else() {
    let old = |verdict| Mark {
        at: NOW.into(),
        ..Mark::new(verdict, "why")
    };
    let from = Marks::from([
        ("same".into(), old(Verdict::Confirmed)),
        ("other".into(), old(Verdict::Confirmed)),
        ("gone".into(), old(Verdict::Confirmed)),
    ]);
    let mut to = from.clone();
    to.remove("gone");
    to.insert("other".into(), Mark::new(Verdict::FalsePositive, "why"));
    to.insert("same".into(), Mark::new(Verdict::Confirmed, "why"));
    to.insert("new".into(), Mark::new(Verdict::NeedsALook, ""));
    let keys = |marks: Vec<(String, Option<Mark>)>| -> Vec<(String, bool)> {
        let marks = marks.into_iter();
        marks.map(|(key, mark)| (key, mark.is_some())).collect()
    };
    assert_eq!(
        keys(Change::of_marks(&from, &to)),
        [
            ("new".into(), true),
            ("other".into(), true),
            ("gone".into(), false)
        ]
    );
    assert!(Change::of_marks(&to, &to).is_empty());
}

#[test]
fn damage_is_told_and_put_aside() {
    let (folder, shelf) = shelf();
    let id = Id::new().unwrap();
    mark(&shelf, &id, "f1", Some(Mark::new(Verdict::Confirmed, "")));
    let cases = folder.path().join("state/cases");
    let path = cases.join(format!("{}.json", id.as_str()));
    for broken in [
        "",
        "{",
        "[]",
        "{\"schema\":\"other/1\"}",
        "{\"schema\":\"plainsight.case/1\"}",
    ] {
        fs::write(&path, broken).unwrap();
        assert!(
            matches!(shelf.load(&id), Err(Error::Damaged { .. })),
            "{broken}"
        );
        assert!(shelf.list()[0].record.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
    let (is_new, _) = shelf.update(&id, |_, is_new| is_new).unwrap();
    assert!(is_new);
    let aside = cases.join(format!("{}.damaged", id.as_str()));
    assert_eq!(
        fs::read_to_string(aside).unwrap(),
        "{\"schema\":\"plainsight.case/1\"}"
    );
    fs::write(&path, "{").unwrap();
    shelf.update(&id, |_, _| ()).unwrap();
    let aside = |name| fs::read_to_string(cases.join(format!("{}.{name}", id.as_str()))).unwrap();
    assert_eq!(aside("damaged-2"), "{", "the first one stays");
    assert!(aside("damaged").len() > 1);
    fs::write(&path, "{\"schema\":\"plainsight.case/2\"}").unwrap();
    assert!(matches!(shelf.load(&id), Err(Error::Newer { .. })));
    assert!(shelf.update(&id, |_, _| ()).is_err());
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "{\"schema\":\"plainsight.case/2\"}"
    );
}

#[test]
fn a_case_is_found_by_its_recordings_in_any_order() {
    let (folder, shelf) = shelf();
    let (a, b) = (
        file(folder.path(), "a", "one\n"),
        file(folder.path(), "b", "two\n"),
    );
    let both = with(&shelf, &[&a, &b]);
    let one = with(&shelf, &[&a]);
    let found = |paths: &[&PathBuf]| {
        let paths: Vec<PathBuf> = paths.iter().map(|path| (*path).clone()).collect();
        shelf.of_sources(&paths).map(|one| one.id)
    };
    assert_eq!(found(&[&b, &a]), Some(both.clone()));
    assert_eq!(found(&[&a, &a]), Some(one.clone()));
    assert_eq!((found(&[&b]), found(&[])), (None, None));
    let moved = folder.path().join("c");
    fs::rename(&a, &moved).unwrap();
    assert_eq!(found(&[&moved]), Some(one));
    assert_eq!(found(&[&moved, &b]), Some(both));
    // Another that begins with the same line is not the one that is gone.
    fs::write(&moved, "one\nand another\n").unwrap();
    assert_eq!(found(&[&moved]), None);
    // It grew, and was moved; much of it is known.
    let long = "one\n".repeat(2000);
    let d = file(folder.path(), "d", &long);
    let grown = with(&shelf, &[&d]);
    fs::write(&d, long + "more\n").unwrap();
    let moved = folder.path().join("e");
    fs::rename(&d, &moved).unwrap();
    assert_eq!(found(&[&moved]), Some(grown));
}

#[test]
fn a_case_is_not_forgotten_while_another_writes_it() {
    let (folder, shelf) = shelf();
    let id = Id::new().unwrap();
    assert!(!shelf.forget(&id).unwrap());
    mark(&shelf, &id, "f1", Some(Mark::new(Verdict::Confirmed, "")));
    let cases = folder.path().join("state/cases");
    let path = cases.join(format!("{}.json", id.as_str()));
    let lock = crate::store::lock::Lock::of(&path).unwrap();
    let hasty = shelf.clone().waiting(std::time::Duration::ZERO);
    assert!(matches!(hasty.forget(&id), Err(Error::Locked { .. })));
    assert!(matches!(
        hasty.update(&id, |_, _| ()),
        Err(Error::Locked { .. })
    ));
    drop(lock);
    assert!(shelf.forget(&id).unwrap());
    assert_eq!(fs::read_dir(&cases).unwrap().count(), 0);
}

#[test]
fn what_became_of_a_recording_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "a", "one\n");
    let source = Source::of(&path).unwrap();
    assert_eq!(source.kept(), Kept::Same);
    fs::write(&path, "one\ntwo\n").unwrap();
    assert_eq!(source.kept(), Kept::Same);
    let grown = Source::of(&path).unwrap();
    fs::write(&path, "one\n").unwrap();
    assert_eq!(grown.kept(), Kept::Replaced);
    fs::write(&path, "another\n").unwrap();
    assert_eq!(source.kept(), Kept::Replaced);
    fs::remove_file(&path).unwrap();
    assert_eq!(source.kept(), Kept::Missing);
}

#[cfg(unix)]
#[test]
fn links_and_odd_names_do_no_harm() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let (folder, shelf) = shelf();
    let odd = folder
        .path()
        .join(std::ffi::OsStr::from_bytes(b"a\xff\x1b[2J"));
    fs::write(&odd, "x").unwrap();
    let id = with(&shelf, &[&odd]);
    let record = shelf.load(&id).unwrap().unwrap();
    assert_eq!(record.sources[0].kept(), Kept::Same);
    assert!(!record.sources[0].name().contains('\u{1b}'));
    // A link in the place of a case is not followed.
    let victim = file(folder.path(), "victim", "precious");
    let linked = Id::new().unwrap();
    let path = folder
        .path()
        .join(format!("state/cases/{}.json", linked.as_str()));
    symlink(&victim, &path).unwrap();
    assert!(shelf.load(&linked).is_err());
    assert!(shelf.update(&linked, |_, _| ()).is_err());
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    // Neither is one in the place of the folder.
    let elsewhere = tempfile::tempdir().unwrap();
    let link = folder.path().join("link");
    symlink(elsewhere.path(), &link).unwrap();
    assert!(Shelf::at(&link).update(&linked, |_, _| ()).is_err());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}
