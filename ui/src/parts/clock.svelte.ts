// The time as the screen needs it: one tick serves every countdown.

const TICK_MS = 250;

let current = $state(Date.now());
let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Milliseconds since 1970, renewed four times a second while somebody looks. */
export function now(): number {
  return current;
}

/** To be called by whoever shows a countdown; answers how to stop. */
export function keepTime(): () => void {
  users += 1;
  current = Date.now();
  timer ??= setInterval(() => (current = Date.now()), TICK_MS);
  return () => {
    users -= 1;
    if (users === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}
