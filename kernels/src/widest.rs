//! Plain loops, compiled for the vectors that this machine has.

/// Compiles a function twice on x86-64, once for any machine and once for AVX2, and calls the one
/// that this machine can run. Loops are vectorised as they stand, without fused multiply-add or
/// another order of additions, so both give the same bits.
///
/// ```
/// bioner_kernels::widest! {
///     /// Doubles every value.
///     fn double(values: &mut [f32]) {
///         values.iter_mut().for_each(|value| *value *= 2.0);
///     }
/// }
///
/// let mut values = [1.0, 2.5];
/// double(&mut values);
/// assert_eq!(values, [2.0, 5.0]);
/// ```
#[macro_export]
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
                if ::std::arch::is_x86_feature_detected!("avx2") {
                    // SAFETY: the machine has AVX2.
                    return unsafe { wide($($argument),*) };
                }
            }
            plain($($argument),*)
        }
    };
}
