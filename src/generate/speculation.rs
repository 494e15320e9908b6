//! Whether it pays to read draft tokens: speculative decoding (Leviathan et al., arXiv 2211.17192)
//! with the grammar's cheapest continuation as the draft.

/// The most tokens of one draft.
pub(super) const MAX_DRAFT_TOKENS: usize = 12;
/// From this acceptance rate on, drafts are made in every pass that has room.
const TRUSTED: f32 = 0.7;
/// How fast the acceptance rate follows the latest drafts.
const SMOOTHING: f32 = 0.1;

/// The share of draft tokens that the model accepted lately: an exponential moving average.
pub(super) struct AcceptanceRate(f32);

impl AcceptanceRate {
    /// Before the first draft, drafts are trusted.
    pub fn new() -> Self {
        AcceptanceRate(TRUSTED)
    }

    /// Whether drafts are worth full passes.
    pub fn is_trusted(&self) -> bool {
        self.0 >= TRUSTED
    }

    /// Takes into account that of `drafted` tokens, at least one, `accepted` were accepted.
    pub fn record(&mut self, accepted: usize, drafted: usize) {
        let rate = accepted as f32 / drafted as f32;
        self.0 += SMOOTHING * (rate - self.0);
    }
}
