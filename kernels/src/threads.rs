//! Who shares work among threads: the caller or the kernels.

use std::cell::Cell;

thread_local! {
    static ALONE: Cell<bool> = const { Cell::new(false) };
}

/// Calls `work`. The products in it are computed on this thread alone, because the caller has shared the
/// work among threads already.
pub fn alone<T>(work: impl FnOnce() -> T) -> T {
    struct Before(bool);

    impl Drop for Before {
        fn drop(&mut self) {
            ALONE.set(self.0);
        }
    }

    let _before = Before(ALONE.replace(true));
    work()
}

/// Whether this is within [`alone`].
pub(crate) fn is_alone() -> bool {
    ALONE.get()
}
