//! Giving way: what nobody waits for must not keep a window from being painted.

use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};

/// Of 100, where 50 is usual: a tenth of the processor where somebody else wants it, all of it where nobody does.
const BELOW_USUAL: u8 = 25;

/// The thread that calls it works from now on where nobody else wants the processor. Where the system doesn't allow
/// that, it works as before.
pub fn give_way() {
    let below = ThreadPriorityValue::try_from(BELOW_USUAL).map(ThreadPriority::Crossplatform);
    if let Ok(below) = below {
        let _ = set_current_thread_priority(below);
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    #[test]
    fn the_thread_that_calls_it_is_nicer_than_the_others() {
        let nice = || {
            let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
            // The name in brackets may hold anything; niceness is the 19th field, the 17th after it.
            let fields = stat.rsplit(')').next().unwrap();
            fields.split_whitespace().nth(16).unwrap().parse::<i32>().unwrap()
        };
        let before = nice();
        let there = std::thread::spawn(move || {
            super::give_way();
            nice()
        });
        assert!(there.join().unwrap() > before);
        assert_eq!(nice(), before);
    }
}
