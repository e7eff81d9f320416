//! Renders the pictures of this folder from the real screens:
//!
//! ```console
//! $ cargo run --example screenshots                  # SVG
//! $ cargo run --example screenshots --features png   # and PNG
//! ```

mod scenes;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let case = scenes::case();
    for scene in scenes::SCENES {
        let picture = scenes::draw(&case, scene);
        std::fs::write(folder.join(scene.name).with_extension("svg"), &picture)?;
        #[cfg(feature = "png")]
        {
            let bytes =
                plainsight::ui::picture::png(&picture, 2.0).map_err(std::io::Error::other)?;
            std::fs::write(folder.join(scene.name).with_extension("png"), bytes)?;
        }
    }
    Ok(())
}
