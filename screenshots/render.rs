//! Renders the pictures and the film of this folder from the real screens:
//!
//! ```console
//! $ cargo run --example screenshots                  # SVG and the film
//! $ cargo run --example screenshots --features png   # and PNG
//! ```

mod scenes;
mod walk;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let case = scenes::case();
    let scenes = scenes::scenes();
    let names: Vec<String> = scenes.iter().map(|scene| scene.name() + ".svg").collect();
    for entry in std::fs::read_dir(&folder)? {
        let file = entry?.path();
        let known = |name: &str| names.iter().any(|own| own == name);
        let name = file.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| name.ends_with(".svg") && !known(name)) {
            std::fs::remove_file(file)?;
        }
    }
    for scene in &scenes {
        let picture = scenes::draw(&case, scene);
        std::fs::write(folder.join(scene.name() + ".svg"), &picture)?;
        #[cfg(feature = "png")]
        {
            let bytes =
                plainsight::ui::picture::png(&picture, 2.0).map_err(std::io::Error::other)?;
            std::fs::write(folder.join(scene.name() + ".png"), bytes)?;
        }
    }
    std::fs::write(folder.join("demo.cast"), walk::film(&case).0)
}
