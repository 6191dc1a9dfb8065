/** What is asked for often is done at once, and from then on at most once in so many milliseconds; never left out at the end. */
export function seldom(what: () => void, every_ms: number): () => void {
  let resting = false;
  let again = false;
  const go = (): void => {
    if (resting) {
      again = true;
      return;
    }
    resting = true;
    setTimeout(() => {
      resting = false;
      if (again) go();
    }, every_ms);
    again = false;
    what();
  };
  return go;
}
