//! Single characters: what each is shown as, and which are not shown at all.

use unicode_normalization::UnicodeNormalization;

/// A hyphen that is only printed where a line breaks after it.
pub const SOFT_HYPHEN: char = '\u{AD}';

/// The characters that `character` is shown as, the same ones whatever stands beside it. There is at
/// least one. White space and control characters are shown as one space.
///
/// Quotes, primes, dashes and spaces become those of ASCII. A character that Unicode calls another
/// way to write some letters or digits (compatibility decomposition, UAX #15) becomes those: the
/// ligature `ﬁ`, the superscript `²`, the mathematical `𝛼`, the fullwidth `Ａ`, the micro sign.
pub fn shown_as(character: char) -> Shown {
    let one = match character {
        ' '..='~' => character,
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{02BC}' | '\u{02B9}'
        | '\u{2032}' | '\u{2035}' | '\u{00B4}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{2033}' => '"',
        '\u{2010}'..='\u{2015}'
        | '\u{207B}'
        | '\u{208B}'
        | '\u{2212}'
        | '\u{2043}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF0D}' => '-',
        c if c.is_whitespace() || c.is_control() => ' ',
        // Planes where nothing is assigned: a vocabulary may have no token for their bytes.
        '\u{40000}'..='\u{DFFFF}' => '\u{FFFD}',
        // Private use: what such a character is shown as, only the font of its document knows. So they
        // are free to have a meaning in what the model reads and writes.
        '\u{E000}'..='\u{F8FF}' => '\u{FFFD}',
        // Marks of a brand and ordinals stand beside a word and are no part of it.
        '\u{2122}' | '\u{2120}' | '\u{00AA}' | '\u{00BA}' => character,
        c => return compatible(c),
    };
    Shown::One(one)
}

/// What a character is shown as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// One character.
    One(char),
    /// Several letters or digits.
    Several(Vec<char>),
}

/// What Unicode's compatibility decomposition makes of a character, if that is one character or a
/// part of a word: a piece then never holds half of what one character stands for.
fn compatible(character: char) -> Shown {
    let several: Vec<char> = std::iter::once(character).nfkc().collect();
    match several[..] {
        [one] if !one.is_whitespace() && !one.is_control() => Shown::One(one),
        _ if several.len() > 1 && several.iter().all(|c| c.is_alphanumeric()) => {
            Shown::Several(several)
        }
        _ => Shown::One(character),
    }
}

/// Whether a character has no width and no meaning for what is written: zero-width spaces and
/// joiners, marks of direction, the byte order mark. Joiners between letters that join (Arabic, the
/// scripts of India) and between emoji have one; `before` and `after` are the neighbours.
pub fn is_invisible(character: char, before: Option<char>, after: Option<char>) -> bool {
    match character {
        '\u{200C}' | '\u{200D}' => {
            let plain = |c: Option<char>| c.is_none_or(|c| !is_joining(c));
            plain(before) || plain(after)
        }
        '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}'
        | '\u{061C}'
        | '\u{180E}'
        | '\u{034F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' => true,
        _ => false,
    }
}

/// Whether joiners change how a character is printed.
fn is_joining(character: char) -> bool {
    matches!(character, '\u{0600}'..='\u{10FF}' | '\u{1780}'..='\u{18AF}' | '\u{A8E0}'..='\u{ABFF}'
        | '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a character is a hyphen, seen or not, that may stand where a line's end breaks a word.
pub fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}' | '\u{2011}' | SOFT_HYPHEN)
}

/// Whether a character is a raised digit.
pub fn is_superscript_digit(character: char) -> bool {
    matches!(character, '\u{B2}' | '\u{B3}' | '\u{B9}' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}
