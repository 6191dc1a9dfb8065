//! Memory and processor time of the desk's processes: the program, its page, what loads for its page.

use std::collections::HashSet;
use std::fs;

pub struct Processes(Vec<u32>);

impl Processes {
    /// This one and all that it started.
    pub fn of(root: u32) -> Processes {
        let mut known: HashSet<u32> = HashSet::from([root]);
        let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let pid = entry.file_name().to_str()?.parse().ok()?;
                Some((pid, stat(pid)?.get(1)?.parse().ok()?))
            })
            .collect();
        while let before = known.len()
            && {
                known.extend(
                    parents
                        .iter()
                        .filter(|(_, parent)| known.contains(parent))
                        .map(|(pid, _)| *pid)
                        .collect::<Vec<_>>(),
                );
                known.len() > before
            }
        {}
        Processes(known.into_iter().collect())
    }

    /// Proportional set size: what is shared counts once.
    pub fn pss_mb(&self) -> f64 {
        let kib: f64 = self.0.iter().filter_map(|pid| pss_kib(*pid)).sum();
        kib * 1024.0 / 1e6
    }

    /// Processor time since they began, in seconds.
    pub fn cpu_s(&self) -> f64 {
        const TICKS_A_SECOND: f64 = 100.0;
        let ticks = |pid: &u32| -> Option<f64> {
            let stat = stat(*pid)?;
            Some(stat.get(11)?.parse::<f64>().ok()? + stat.get(12)?.parse::<f64>().ok()?)
        };
        self.0.iter().filter_map(ticks).sum::<f64>() / TICKS_A_SECOND
    }
}

/// The fields of `/proc/PID/stat` behind the name (proc_pid_stat(5)): state, parent, …
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(')')?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

fn pss_kib(pid: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// When the process began, in seconds since 1970.
pub fn began_s(pid: u32) -> Option<f64> {
    let boot = fs::read_to_string("/proc/stat").ok()?;
    let boot: f64 = boot
        .lines()
        .find_map(|line| line.strip_prefix("btime "))?
        .parse()
        .ok()?;
    Some(boot + stat(pid)?.get(19)?.parse::<f64>().ok()? / 100.0)
}
