//! Plain loops, compiled for the vectors this machine has.

/// Compiles a function twice on x86-64, for any machine and for AVX2, and calls what this machine
/// can run. Loops are vectorised as they are, without fused multiply-add or another order of
/// additions, so both give the same bits.
macro_rules! widest {
    ($(#[$doc:meta])* $vis:vis fn $name:ident$(<$life:lifetime>)?(
        $($argument:ident: $type:ty),* $(,)?
    ) $(-> $result:ty)? $body:block) => {
        $(#[$doc])*
        $vis fn $name$(<$life>)?($($argument: $type),*) $(-> $result)? {
            #[inline(always)]
            fn plain$(<$life>)?($($argument: $type),*) $(-> $result)? $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn wide$(<$life>)?($($argument: $type),*) $(-> $result)? {
                    plain($($argument),*)
                }
                if is_x86_feature_detected!("avx2") {
                    // SAFETY: the machine has it.
                    return unsafe { wide($($argument),*) };
                }
            }
            plain($($argument),*)
        }
    };
}
pub(super) use widest;
