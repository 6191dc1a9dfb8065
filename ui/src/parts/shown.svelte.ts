// The decoded photo of an address, for whatever draws parts of it. Never that of the address before.

import { decoded, decodedNow } from './decoded';

export class Shown {
  image = $state.raw<HTMLImageElement | null>(null);

  /** To be called in an effect, whose cleanup it answers. */
  follow(src: string | null): () => void {
    let wanted = true;
    const now = src ? decodedNow(src) : null;
    this.image = now;
    if (src && !now) {
      decoded(src).then(
        (late) => {
          if (wanted) this.image = late;
        },
        () => undefined,
      );
    }
    return () => {
      wanted = false;
    };
  }
}
