//! The connections to the gates of running taps.

use super::hold::{GateNews, HoldKey};
use crate::capture::gate::protocol::Decision;
use crate::capture::live::Running;

#[cfg(unix)]
pub use unix::Gates;

#[cfg(unix)]
mod unix {
    use super::{Decision, GateNews, HoldKey, Running};
    use crate::capture::gate::client::{self, Hearing, Saying};
    use crate::capture::gate::protocol::Told;
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

    /// What can be said to each gate, by the session that its tap records.
    #[derive(Clone, Default)]
    pub struct Gates(Arc<Mutex<HashMap<String, Saying>>>);

    impl Gates {
        /// Connects to the gates of these taps, as far as that is not done yet. `tell` hears of everything that they
        /// hold, from a thread for each gate that ends with it.
        pub fn attend(
            &self,
            running: &[Running],
            tell: &(impl Fn(GateNews) + Clone + Send + 'static),
        ) {
            for one in running {
                let Some(gate) = &one.gate else { continue };
                if self.open().contains_key(&one.session) {
                    continue;
                }
                // One that cannot be reached is tried again when it is asked the next time.
                let Ok((hearing, saying)) = client::connect(gate) else {
                    continue;
                };
                self.open().insert(one.session.clone(), saying);
                let (gates, tell, session) = (self.clone(), tell.clone(), one.session.clone());
                std::thread::spawn(move || {
                    hear(hearing, &session, &tell);
                    gates.open().remove(&session);
                    tell(GateNews::Gone { session });
                });
            }
        }

        /// Says what was decided. A sentence where it could not be said.
        pub fn decide(&self, key: &HoldKey, decision: Decision) -> Result<(), String> {
            const GONE: &str = "The tap that held it is gone: nothing was decided.";
            let mut open = self.open();
            let saying = open.get_mut(&key.session).ok_or(GONE)?;
            saying
                .decide(key.hold, decision)
                .map_err(|error| format!("{GONE} ({error})"))
        }

        fn open(&self) -> MutexGuard<'_, HashMap<String, Saying>> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }
    }

    /// Until the gate is gone, or says what no gate says.
    fn hear(mut hearing: Hearing, session: &str, tell: &impl Fn(GateNews)) {
        let key = |hold| HoldKey {
            session: session.to_owned(),
            hold,
        };
        while let Ok(Some(told)) = hearing.hear() {
            tell(match told {
                Told::Welcome { .. } => continue,
                Told::Held(held) => GateNews::Held {
                    session: session.to_owned(),
                    held,
                },
                Told::Released { hold, how, by } => GateNews::Released {
                    key: key(hold),
                    how,
                    by,
                },
                Told::Refused { hold, why } => GateNews::Refused {
                    key: key(hold),
                    why,
                },
            });
        }
    }
}

/// There are no gates where there are no such sockets.
#[cfg(not(unix))]
#[derive(Clone, Default)]
pub struct Gates;

#[cfg(not(unix))]
impl Gates {
    pub fn attend(&self, _: &[Running], _: &(impl Fn(GateNews) + Clone + Send + 'static)) {}

    pub fn decide(&self, _: &HoldKey, _: Decision) -> Result<(), String> {
        Err("There are no gates on this system.".to_owned())
    }
}
