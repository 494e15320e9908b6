//! The same answers as llguidance grammars, in its Lark dialect.
//!
//! [`substrings`] is what the library offers for copying from a text. The others spell out the
//! sentence, with a name for each place in it, which is how an order, or a number that depends on
//! the place, can be said. Each can be written as context-free rules or as one terminal, a regular
//! expression: the case of the names decides. A terminal takes as much as it can, so as rules a
//! mention of a sentence that says `a; b` cannot be followed by the separator `; `.

use std::fmt::Write;

use bioner::Sentence;

/// Whether a grammar's names are those of rules or of terminals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    Rules,
    Terminals,
}

/// A grammar for the answers to a sentence.
pub type Spell = fn(Names, &Sentence, &[String]) -> String;

/// ` Type: mention; mention` for each type; mentions are any substrings of whole pieces, in any
/// order, any number of times.
pub fn substrings(names: Names, sentence: &Sentence, types: &[String]) -> String {
    let pieces: Vec<_> = (0..sentence.pieces().len()).map(|i| sentence.piece_text(i)).collect();
    let chunks = serde_json::json!({ "substring_chunks": pieces });
    let list = names.name("list");
    format!(
        "start: {}\n{list}: \"-\" | MENTION (\"; \" MENTION)*\n\
         MENTION: SUBSTRING & /[^ ](.*[^ ])?/\nSUBSTRING: %regex {chunks}\n",
        lines(types, &list),
    )
}

/// The same with mentions in the order of the sentence, none overlapping: the language of the
/// `lines-grouped` format, but for its escapes.
pub fn ordered(names: Names, sentence: &Sentence, types: &[String]) -> String {
    let places = Places(sentence);
    let from = |place: usize| names.name(&format!("from_{place}"));
    let at = |place: usize| names.name(&format!("at_{place}"));
    let list = names.name("list");
    let mut grammar = format!("start: {}\n", lines(types, &list));
    rule(&mut grammar, list, [Some("\"-\"".into()), places.first().map(from)]);
    for (place, text) in places.texts() {
        let next = places.after(place);
        rule(&mut grammar, from(place), [Some(at(place)), next.map(from)]);
        rule(
            &mut grammar,
            at(place),
            [
                Some(text.clone()),
                next.map(|next| format!("{text} \"; \" {}", from(next))),
                next.map(|next| format!("{text} {}{}", places.space_before(next), at(next))),
            ],
        );
    }
    grammar
}

/// The language of the `inline-xml` format, for sentences without `<`, `>` and `&`.
pub fn inline(names: Names, sentence: &Sentence, types: &[String]) -> String {
    let places = Places(sentence);
    let out = |place: usize| names.name(&format!("out_{place}"));
    let inside = |kind: usize, place: usize| names.name(&format!("in_{kind}_{place}"));
    let answer = names.name("answer");
    let mut grammar = format!("start: {answer}\n");
    let first = places.first().map(out).unwrap_or_default();
    rule(&mut grammar, answer, [Some(format!("\" \" {first}"))]);
    for (place, text) in places.texts() {
        let next = places.after(place);
        let space = next.map_or("", |next| places.space_before(next));
        let on = next.map_or(String::new(), |next| format!("{space}{}", out(next)));
        let open = types.iter().map(|kind| quote(&format!("<{kind}>"))).enumerate();
        let opened = open.map(|(kind, open)| Some(format!("{open} {}", inside(kind, place))));
        rule(&mut grammar, out(place), opened.chain([Some(format!("{text} {on}"))]));
        for (index, kind) in types.iter().enumerate() {
            let close = quote(&format!("</{kind}>"));
            rule(
                &mut grammar,
                inside(index, place),
                [
                    Some(format!("{text} {close} {on}")),
                    next.map(|next| format!("{text} {space}{}", inside(index, next))),
                ],
            );
        }
    }
    grammar
}

/// The language of the `json-occurrence` format, for sentences without `"` and `\`: a name for each
/// pair of places, because the number depends on both.
pub fn numbered(names: Names, sentence: &Sentence, types: &[String]) -> String {
    let places = Places(sentence);
    let from = |place: usize| names.name(&format!("from_{place}"));
    let at = |first: usize, last: usize| names.name(&format!("at_{first}_{last}"));
    let (answer, kind) = (names.name("answer"), names.name("kind"));
    let mut grammar = format!("start: {answer}\n");
    let records = places.first().map_or(String::new(), |first| format!("{}?", from(first)));
    rule(&mut grammar, answer, [Some(format!("\" [\" {records} \"]\""))]);
    rule(&mut grammar, kind.clone(), types.iter().map(|kind| Some(quote(kind))));
    let open = quote("{\"mention\": \"");
    let middle = format!("{} {kind}", quote("\", \"type\": \""));
    for (first, _) in places.texts() {
        let next = places.after(first);
        let here = Some(format!("{open} {}", at(first, first)));
        rule(&mut grammar, from(first), [here, next.map(from)]);
        for (last, text) in places.texts().filter(|(last, _)| *last >= first) {
            let number = places.occurrence(first, last);
            let number = quote(&format!("\", \"occurrence\": {number}}}"));
            let next = places.after(last);
            rule(
                &mut grammar,
                at(first, last),
                [
                    Some(format!("{text} {middle} {number}")),
                    next.map(|next| format!("{text} {middle} {number} \", \" {}", from(next))),
                    next.map(|next| {
                        format!("{text} {}{}", places.space_before(next), at(first, next))
                    }),
                ],
            );
        }
    }
    grammar
}

impl Names {
    fn name(self, name: &str) -> String {
        match self {
            Names::Rules => name.to_owned(),
            Names::Terminals => name.to_uppercase(),
        }
    }
}

fn lines(types: &[String], list: &str) -> String {
    let starts = ["", "\n"].into_iter().chain(std::iter::repeat("\n"));
    let lines = types
        .iter()
        .zip(starts)
        .map(|(kind, line)| format!("{} {list}", quote(&format!("{line} {kind}: "))));
    lines.collect::<Vec<_>>().join(" ")
}

fn rule(grammar: &mut String, name: String, options: impl IntoIterator<Item = Option<String>>) {
    let options: Vec<_> = options.into_iter().flatten().collect();
    let _ = writeln!(grammar, "{name}: {}", options.join(" | "));
}

fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The pieces of a sentence that are no spaces.
struct Places<'a>(&'a Sentence);

impl Places<'_> {
    fn is_text(&self, piece: usize) -> bool {
        piece < self.0.pieces().len() && self.0.piece_text(piece) != " "
    }

    fn first(&self) -> Option<usize> {
        (0..self.0.pieces().len()).find(|&piece| self.is_text(piece))
    }

    fn after(&self, piece: usize) -> Option<usize> {
        (piece + 1..self.0.pieces().len()).find(|&piece| self.is_text(piece))
    }

    fn space_before(&self, piece: usize) -> &'static str {
        if piece > 0 && !self.is_text(piece - 1) { "\" \" " } else { "" }
    }

    fn texts(&self) -> impl Iterator<Item = (usize, String)> + '_ {
        let all = (0..self.0.pieces().len()).filter(|&piece| self.is_text(piece));
        all.map(|piece| (piece, quote(self.0.piece_text(piece))))
    }

    fn occurrence(&self, first: usize, last: usize) -> usize {
        let pieces = self.0.pieces();
        let start = pieces[first].view.start;
        let text = &self.0.view()[start..pieces[last].view.end];
        self.0.occurrences(text).take_while(|place| place.start <= start).count()
    }
}
