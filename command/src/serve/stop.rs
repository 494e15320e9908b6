//! The end of the server: nothing new is begun, and what was begun gets some time.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;

/// Whether the server is to stop. Clones tell the same.
#[derive(Clone)]
pub struct Stop {
    grace: Duration,
    /// When the time of what was begun is over, once the server is to stop.
    until: watch::Sender<Option<Instant>>,
}

impl Stop {
    /// Not yet. What was begun then has `grace`.
    pub fn new(grace: Duration) -> Self {
        Stop { grace, until: watch::Sender::new(None) }
    }

    /// From now on nothing new is begun.
    pub fn begin(&self) {
        self.until.send_replace(Some(Instant::now() + self.grace));
    }

    /// Whether nothing new is begun.
    pub fn has_begun(&self) -> bool {
        self.until.borrow().is_some()
    }

    /// Waits until the time of what was begun is over.
    pub async fn over(&self) {
        let mut until = self.until.subscribe();
        // The sender lives as long as `self`.
        let Ok(until) = until.wait_for(Option::is_some).await.map(|until| *until) else { return };
        if let Some(until) = until {
            tokio::time::sleep_until(until).await;
        }
    }
}
