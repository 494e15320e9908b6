//! An input that is read on a thread of its own, so that what has come is worked on while more is awaited.

use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use bioner::{Error, Result};

/// How much is read ahead, at most.
const READ_AHEAD: usize = 16;

/// How long the next may take before work goes on without it. What is there already comes sooner: so no work
/// is begun with less than there is.
const PATIENCE: Duration = Duration::from_millis(10);

/// What an input gives, in its order.
pub struct Feed<T> {
    receiver: Receiver<T>,
    reader: Option<JoinHandle<()>>,
    /// Whether something has come since the next was waited for in vain.
    is_fresh: bool,
}

/// What there is of an input.
#[derive(Debug, PartialEq)]
pub enum Next<T> {
    /// What comes next.
    Here(T),
    /// Nothing yet.
    Awaited,
    /// Nothing more.
    End,
}

impl<T: Send + 'static> Feed<T> {
    /// Begins to read.
    ///
    /// # Errors
    /// If there can be no thread.
    pub fn new(input: impl Iterator<Item = T> + Send + 'static) -> Result<Self> {
        let (sender, receiver) = sync_channel(READ_AHEAD);
        // Whoever wants no more has dropped the receiver.
        let read = move || _ = input.map(|item| sender.send(item)).find(|sent| sent.is_err());
        let reader = thread::Builder::new().name("input".into()).spawn(read)?;
        Ok(Feed { receiver, reader: Some(reader), is_fresh: true })
    }

    /// What comes next. Whoever is `busy` has something to do meanwhile, and does not wait long.
    ///
    /// # Errors
    /// If the input was given up.
    pub fn next(&mut self, busy: bool) -> Result<Next<T>> {
        let received = if !busy {
            self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else if self.is_fresh {
            self.receiver.recv_timeout(PATIENCE)
        } else {
            self.receiver.try_recv().map_err(|error| match error {
                TryRecvError::Empty => RecvTimeoutError::Timeout,
                TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
            })
        };
        self.is_fresh = received.is_ok();
        match received {
            Ok(item) => Ok(Next::Here(item)),
            Err(RecvTimeoutError::Timeout) => Ok(Next::Awaited),
            // A reader that has failed has not read to the end.
            Err(RecvTimeoutError::Disconnected) => match self.reader.take().map(JoinHandle::join) {
                Some(Err(_)) => Err(Error::Internal("the input cannot be read on".into())),
                _ => Ok(Next::End),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_comes_in_order_and_whoever_is_busy_does_not_wait() {
        let mut feed = Feed::new(0..100).unwrap();
        let mut all = Vec::new();
        loop {
            match feed.next(all.len() % 2 == 0).unwrap() {
                Next::Here(item) => all.push(item),
                Next::Awaited => {}
                Next::End => break,
            }
        }
        assert_eq!(all, (0..100).collect::<Vec<_>>());
        assert_eq!(feed.next(false).unwrap(), Next::End);

        let (sender, slow) = std::sync::mpsc::channel();
        let mut feed = Feed::new(slow.into_iter()).unwrap();
        sender.send(1).unwrap();
        assert_eq!(feed.next(false).unwrap(), Next::Here(1));
        assert_eq!(feed.next(true).unwrap(), Next::Awaited);
        assert_eq!(feed.next(true).unwrap(), Next::Awaited);
        sender.send(2).unwrap();
        drop(sender);
        assert_eq!(feed.next(false).unwrap(), Next::Here(2));
        assert_eq!(feed.next(false).unwrap(), Next::End);
    }

    #[test]
    fn an_input_that_fails_has_not_ended() {
        let mut feed = Feed::new((0..2).inspect(|&item| assert!(item < 1, "it fails"))).unwrap();
        assert_eq!(feed.next(false).unwrap(), Next::Here(0));
        assert!(feed.next(false).is_err());
    }
}
