//! `bioner extract --shard`.

use crate::{bioner, lines};

const INPUT: &str = concat!(
    "{\"id\": 1, \"text\": \"He took aspirin.\"}\n",
    "{\"id\": 2, \"text\": \"She took ibuprofen.\"}\n",
    "no JSON\n",
    "\n",
    "{\"id\": 4, \"text\": \"\"}\n",
    "{\"id\": 5, \"text\": \"He took codeine.\"}\n",
);

#[test]
fn the_shards_together_are_the_whole() {
    let extract =
        |more: &[&str]| bioner(&[&["extract", "--types", "Drug"], more].concat(), INPUT.as_bytes());
    let whole = lines(&extract(&[]));
    assert_eq!(whole.len(), 5);
    let shards: Vec<_> = ["1/2", "2/2"].map(|shard| extract(&["--shard", shard])).into();
    assert_eq!(shards[0].status.code(), Some(1), "the line that is no JSON is the third");
    assert_eq!(shards[1].status.code(), Some(0));
    let shards: Vec<_> = shards.iter().map(lines).collect();
    for (number, document) in whole.iter().enumerate() {
        assert_eq!(&shards[number % 2][number / 2], document);
    }
    assert_eq!(shards[0].len() + shards[1].len(), whole.len());
    assert!(lines(&extract(&["--shard", "6/6"])).is_empty());
}

#[test]
fn what_is_no_shard_is_refused() {
    for shard in ["0/3", "4/3", "3", "1/0", "a/b", "-1/2", "1/2/3"] {
        let shard = format!("--shard={shard}");
        let output = bioner(&["extract", &shard], b"text");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{shard}: {told}");
        assert!(told.contains("K/N"), "{shard}: {told}");
    }
}
