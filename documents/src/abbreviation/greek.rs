//! Greek letters. In names a letter and its name stand for each other: `TNF-α`, `TNF-alpha`.

/// Small letters and their names.
const GREEK: [(char, &str); 24] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('ο', "omicron"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
];

/// The name of a Greek letter in small letters.
pub fn name(letter: char) -> Option<&'static str> {
    let letter = match letter {
        'µ' => 'μ',
        'ς' => 'σ',
        'ϕ' => 'φ',
        other => other,
    };
    GREEK.iter().find(|(greek, _)| *greek == letter).map(|(_, name)| *name)
}

/// Whether a word is the name of a letter.
pub(super) fn is_name(word: &str) -> bool {
    GREEK.iter().any(|(_, name)| *name == word)
}
