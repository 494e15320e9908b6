//! The tokens of a model as a trie over their bytes, for walking it together with a [`Machine`].
//!
//! The trie is three flat arrays in depth-first order, nine bytes a node, as in llguidance's
//! toktrie: the children of a node follow it, and each node knows where the nodes below it end, so
//! that a branch is skipped in one step and a walk reads memory forwards. SmolLM2's 49,152 tokens
//! have 100,298 nodes: 0.9 MB, and 0.7 MB for the bytes of the tokens and their order.
//!
//! [`Machine`]: super::Machine

/// A token of the model's vocabulary.
pub type TokenId = u32;

/// The bytes of every token, as a trie, and the token that ends an answer.
#[derive(Debug, Clone)]
pub struct TokenTrie {
    end: TokenId,
    /// The bytes of all tokens, one after the other; token `id` has `starts[id]..starts[id + 1]`.
    text: Vec<u8>,
    starts: Vec<u32>,
    /// The tokens that can be written, sorted by their bytes.
    sorted: Vec<TokenId>,
    /// For each node of the trie, the root first: the byte that leads to it,
    labels: Vec<u8>,
    /// the node after the last one below it,
    nexts: Vec<u32>,
    /// and the first of its tokens in `sorted`; they go on to the first token of the node after it.
    firsts: Vec<u32>,
}

impl TokenTrie {
    /// The trie of these tokens, by id: `None` for control tokens, which are never written.
    /// A token without bytes is never written either, and neither are the bytes of `end`.
    pub fn new(tokens: Vec<Option<Vec<u8>>>, end: TokenId) -> Self {
        let length = tokens.iter().flatten().map(Vec::len).sum();
        let mut text = Vec::with_capacity(length);
        let mut starts = Vec::with_capacity(tokens.len() + 1);
        starts.push(0);
        for (id, token) in tokens.into_iter().enumerate() {
            if id != end as usize {
                text.extend_from_slice(token.as_deref().unwrap_or_default());
            }
            starts.push(text.len() as u32);
        }
        let mut trie = TokenTrie {
            end,
            text,
            starts,
            sorted: Vec::new(),
            labels: Vec::new(),
            nexts: Vec::new(),
            firsts: Vec::new(),
        };
        trie.grow();
        trie
    }

    /// The token that ends an answer.
    pub fn end(&self) -> TokenId {
        self.end
    }

    /// How many tokens there are, those that are never written included.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no token at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes a token writes; empty for one that is never written, or that does not exist.
    pub fn bytes(&self, id: TokenId) -> &[u8] {
        let id = id as usize;
        match (self.starts.get(id), self.starts.get(id + 1)) {
            (Some(&start), Some(&end)) => &self.text[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Whether a token of its own writes this byte. Answers made of such bytes only can always be
    /// written to their end, however their beginning was cut into tokens. Byte-level vocabularies
    /// have all bytes of assigned characters; SmolLM2's lacks `F1` and `F2`, which begin characters
    /// from U+40000 to U+BFFFF, and some control characters.
    pub fn writes(&self, byte: u8) -> bool {
        self.children(Self::ROOT)
            .any(|node| self.label(node) == byte && !self.tokens(node).is_empty())
    }

    fn grow(&mut self) {
        let mut sorted: Vec<TokenId> =
            (0..self.len() as u32).filter(|&id| !self.bytes(id).is_empty()).collect();
        sorted.sort_unstable_by_key(|&id| (self.bytes(id), id));

        let (mut labels, mut nexts, mut firsts) = (vec![0], vec![0], vec![0]);
        // The nodes on the way to the last token, whose ends are not known yet.
        let mut path = vec![0];
        for (index, &id) in sorted.iter().enumerate() {
            let bytes = self.bytes(id);
            let shared = path[1..].iter().zip(bytes).take_while(|&(&n, &b)| labels[n] == b).count();
            for node in path.drain(shared + 1..) {
                nexts[node] = labels.len() as u32;
            }
            for &byte in &bytes[shared..] {
                path.push(labels.len());
                labels.push(byte);
                nexts.push(0);
                firsts.push(index as u32);
            }
        }
        for node in path {
            nexts[node] = labels.len() as u32;
        }
        firsts.push(sorted.len() as u32);
        labels.shrink_to_fit();
        nexts.shrink_to_fit();
        firsts.shrink_to_fit();
        (self.sorted, self.labels, self.nexts, self.firsts) = (sorted, labels, nexts, firsts);
    }

    /// The node of no bytes.
    pub(super) const ROOT: usize = 0;

    /// The byte that leads to a node.
    pub(super) fn label(&self, node: usize) -> u8 {
        self.labels[node]
    }

    /// The nodes one byte further, by that byte, ascending.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nexts[node] as usize;
        let first = Some(node + 1).filter(|&child| child < end);
        std::iter::successors(first, move |&child| {
            Some(self.nexts[child] as usize).filter(|&next| next < end)
        })
    }

    /// Whether no token goes on from a node.
    pub(super) fn is_leaf(&self, node: usize) -> bool {
        self.nexts[node] as usize == node + 1
    }

    /// The tokens whose bytes are those on the way to a node; several where tokens read the same.
    pub(super) fn tokens(&self, node: usize) -> &[TokenId] {
        let tokens = self.firsts[node] as usize..self.firsts[node + 1] as usize;
        &self.sorted[tokens]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    /// Every way from the root that ends a token, and the tokens it ends.
    fn read_trie(vocabulary: &TokenTrie) -> BTreeMap<Vec<u8>, Vec<TokenId>> {
        let mut found = BTreeMap::new();
        let mut open = vec![(TokenTrie::ROOT, Vec::new())];
        while let Some((node, bytes)) = open.pop() {
            let tokens = vocabulary.tokens(node).to_vec();
            if !tokens.is_empty() {
                found.insert(bytes.clone(), tokens);
            }
            assert_eq!(vocabulary.is_leaf(node), vocabulary.children(node).next().is_none());
            let labels: Vec<u8> = vocabulary.children(node).map(|n| vocabulary.label(n)).collect();
            assert!(labels.is_sorted_by(|a, b| a < b), "each byte once, ascending: {labels:?}");
            for child in vocabulary.children(node) {
                let mut bytes = bytes.clone();
                bytes.push(vocabulary.label(child));
                open.push((child, bytes));
            }
        }
        found
    }

    fn vocabulary(tokens: &[Option<&str>], end: TokenId) -> TokenTrie {
        TokenTrie::new(tokens.iter().map(|t| t.map(|t| t.as_bytes().to_vec())).collect(), end)
    }

    #[test]
    fn tokens_that_are_never_written_are_not_in_the_trie() {
        let v = vocabulary(&[None, Some("a"), Some(""), Some("end"), Some("ab"), Some("a")], 3);
        assert_eq!((v.len(), v.end()), (6, 3));
        assert_eq!(
            read_trie(&v),
            BTreeMap::from([(b"a".to_vec(), vec![1, 5]), (b"ab".to_vec(), vec![4])])
        );
        assert_eq!(
            (v.bytes(4), v.bytes(0), v.bytes(3), v.bytes(99)),
            (&b"ab"[..], &b""[..], &b""[..], &b""[..])
        );
        assert!(v.writes(b'a') && !v.writes(b'b') && !v.writes(b'e'));
    }

    #[test]
    fn a_vocabulary_may_be_empty() {
        let v = TokenTrie::new(Vec::new(), 0);
        assert!(v.is_empty() && !v.writes(b'a'));
        assert_eq!(read_trie(&v), BTreeMap::new());
    }

    proptest! {
        #[test]
        fn the_trie_holds_exactly_the_tokens(
            tokens in prop::collection::vec(prop::option::of(prop::collection::vec(97u8..100, 0..5)), 0..60),
            end in 0u32..60,
        ) {
            let v = TokenTrie::new(tokens.clone(), end);
            let mut expected: BTreeMap<Vec<u8>, Vec<TokenId>> = BTreeMap::new();
            for (id, bytes) in tokens.iter().enumerate() {
                if let Some(bytes) = bytes && !bytes.is_empty() && id as u32 != end {
                    prop_assert_eq!(v.bytes(id as u32), &bytes[..]);
                    expected.entry(bytes.clone()).or_default().push(id as u32);
                }
            }
            prop_assert_eq!(read_trie(&v), expected);
        }
    }
}
