//! Plain loops over numbers, compiled once for every width of registers and chosen by what the processor has. The results
//! are the same to the last bit: the compiler never changes the order of sums, nor joins a product with a sum.

use rten_simd::{Isa, SimdOp};

/// Runs the closure so. What it calls takes part as far as it is inlined: mark it and them `#[inline(always)]`.
pub fn wide<T>(run: impl FnOnce() -> T) -> T {
    Wide(run).dispatch()
}

struct Wide<F>(F);

impl<T, F: FnOnce() -> T> SimdOp for Wide<F> {
    type Output = T;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> T {
        (self.0)()
    }
}
