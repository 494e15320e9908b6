//! A look at how an input begins, of which nothing is lost.

use std::io::{self, BufRead, Cursor, ErrorKind, Read};

use super::Source;

/// An input of which the beginning was read: that comes first, then the rest.
pub struct Ahead {
    seen: Cursor<Vec<u8>>,
    /// Why no more was read than this.
    error: Option<io::Error>,
    rest: Source,
}

/// Reads until it is `enough`, `most` bytes were read, or the input ends. A pipe gives a part at a time.
///
/// # Errors
/// If nothing can be read. An error behind the beginning comes when it is read on.
pub fn look(mut rest: Source, most: usize, enough: impl Fn(&[u8]) -> bool) -> io::Result<Ahead> {
    let mut seen = Vec::new();
    let mut error = None;
    while seen.len() < most && !enough(&seen) {
        match rest.fill_buf() {
            Ok([]) => break,
            Ok(part) => {
                let part = &part[..part.len().min(most - seen.len())];
                let read = part.len();
                seen.extend_from_slice(part);
                rest.consume(read);
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) if seen.is_empty() => return Err(e),
            Err(e) => {
                error = Some(e);
                break;
            }
        }
    }
    Ok(Ahead { seen: Cursor::new(seen), error, rest })
}

impl Ahead {
    /// The beginning.
    pub fn seen(&self) -> &[u8] {
        self.seen.get_ref()
    }

    fn is_behind(&self) -> bool {
        self.seen.position() == self.seen.get_ref().len() as u64
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Ahead {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if !self.is_behind() {
            return self.seen.fill_buf();
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        match self.is_behind() {
            true => self.rest.consume(amount),
            false => self.seen.consume(amount),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe that gives a byte at a time, and then breaks.
    struct Slow(&'static [u8]);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else {
                return Err(ErrorKind::ConnectionReset.into());
            };
            (buffer[0], self.0) = (*first, rest);
            Ok(1)
        }
    }

    #[test]
    fn what_was_seen_is_read_again_and_what_failed_fails_behind_it() {
        let slow = |content| Box::new(io::BufReader::new(Slow(content)));
        let mut ahead = look(slow(b"one\ntwo"), 100, |seen| seen.contains(&b'\n')).unwrap();
        assert_eq!(ahead.seen(), b"one\n");
        let mut all = Vec::new();
        assert!(ahead.read_to_end(&mut all).is_err());
        assert_eq!(all, b"one\ntwo");
        let mut ahead = look(slow(b"one"), 100, |_| false).unwrap();
        assert!(ahead.read_to_end(&mut Vec::new()).is_err(), "it is not taken for the end");
        assert_eq!(look(slow(b"one"), 2, |_| false).unwrap().seen(), b"on");
        assert!(look(slow(b""), 2, |_| false).is_err());
    }
}
