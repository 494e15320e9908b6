//! The index of character trigrams: which names have which.
//!
//! Trigrams of bytes are hashed to 16 bits. For each value the numbers of the names are kept, as
//! differences, in ascending order. Two passes over the names make the index, so that it never takes
//! more memory than when it is done.

use crate::bytes::{Reader, put_number};

const BUCKETS: usize = 1 << 16;

/// How many numbers of names are read for one search, at most; the rarest trigrams come first.
const MAX_READ: usize = 30_000;

/// The names of each trigram.
#[derive(Default)]
pub(crate) struct Grams {
    lists: Box<[u8]>,
    starts: Box<[u32]>,
    counts: Box<[u32]>,
    names: u32,
}

/// The trigrams of a key: of each word with a mark before and after it.
pub(crate) fn trigrams(key: &[u8]) -> impl Iterator<Item = [u8; 3]> {
    key.split(|&byte| byte == b' ').flat_map(|word| {
        let at = move |i: usize| match i.checked_sub(1) {
            None => b'^',
            Some(i) => word.get(i).copied().unwrap_or(b'$'),
        };
        (0..word.len()).map(move |i| [at(i), at(i + 1), at(i + 2)])
    })
}

/// The bucket of a trigram: the upper bits of a product with an odd number.
fn bucket([a, b, c]: [u8; 3]) -> usize {
    let value = u32::from_le_bytes([a, b, c, 0]);
    (value.wrapping_mul(0x9E37_79B1) >> 16) as usize
}

impl Grams {
    /// Makes the index; `each` goes over all keys, and is called twice.
    pub(crate) fn new(names: u32, each: impl Fn(&mut dyn FnMut(u32, &[u8]))) -> Grams {
        // The number of the last name in each list, plus one; 0 for none.
        let mut last = vec![0u32; BUCKETS];
        let mut counts = vec![0u32; BUCKETS];
        let mut sizes = vec![0u32; BUCKETS + 1];
        each(&mut |number, key| {
            for gram in trigrams(key) {
                let bucket = bucket(gram);
                if last[bucket] != number + 1 {
                    sizes[bucket] += length(number + 1 - last[bucket]);
                    counts[bucket] += 1;
                    last[bucket] = number + 1;
                }
            }
        });
        let mut sum = 0;
        for size in &mut sizes {
            sum += *size;
            *size = sum - *size;
        }
        let mut lists = vec![0u8; sum as usize];
        let mut ends: Vec<u32> = sizes[..BUCKETS].to_vec();
        last.fill(0);
        let mut coded = Vec::with_capacity(5);
        each(&mut |number, key| {
            for gram in trigrams(key) {
                let bucket = bucket(gram);
                if last[bucket] != number + 1 {
                    coded.clear();
                    put_number(&mut coded, number + 1 - last[bucket]);
                    let end = ends[bucket] as usize;
                    lists[end..end + coded.len()].copy_from_slice(&coded);
                    ends[bucket] += coded.len() as u32;
                    last[bucket] = number + 1;
                }
            }
        });
        Grams { lists: lists.into(), starts: sizes.into(), counts: counts.into(), names }
    }

    pub(crate) fn memory(&self) -> usize {
        self.lists.len() + 4 * (self.starts.len() + self.counts.len())
    }

    /// How much a trigram says: the rarer, the more.
    pub(crate) fn weight(&self, gram: [u8; 3]) -> f32 {
        let count = self.counts.get(bucket(gram)).copied().unwrap_or(0);
        libm::logf((self.names as f32 + 1.0) / (count as f32 + 1.0)) + 0.1
    }

    /// The numbers of the names that share the most of a key's rarest trigrams, at most `limit`.
    pub(crate) fn nearest(&self, key: &[u8], limit: usize) -> Vec<u32> {
        let mut buckets: Vec<usize> = trigrams(key).map(bucket).collect();
        buckets.sort_unstable();
        buckets.dedup();
        let count = |bucket: usize| self.counts.get(bucket).map_or(0, |&count| count as usize);
        buckets.sort_by_key(|&bucket| (count(bucket), bucket));
        let mut numbers = Vec::new();
        for bucket in buckets {
            if numbers.len() + count(bucket) > MAX_READ && !numbers.is_empty() {
                break;
            }
            self.read(bucket, MAX_READ, &mut numbers);
        }
        numbers.sort_unstable();
        let mut shared: Vec<(usize, u32)> =
            numbers.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        shared.sort_unstable_by_key(|&(count, number)| (std::cmp::Reverse(count), number));
        shared.truncate(limit);
        shared.into_iter().map(|(_, number)| number).collect()
    }

    fn read(&self, bucket: usize, limit: usize, numbers: &mut Vec<u32>) {
        let place = self.starts.get(bucket).zip(self.starts.get(bucket + 1));
        let Some((&start, &end)) = place else { return };
        let mut reader = Reader(&self.lists[start as usize..end as usize]);
        let mut number = 0;
        for _ in 0..limit {
            let Some(step) = reader.number() else { return };
            number += step;
            numbers.push(number - 1);
        }
    }
}

/// How many bytes a number takes.
fn length(value: u32) -> u32 {
    (32 - value.leading_zeros()).div_ceil(7).max(1)
}
