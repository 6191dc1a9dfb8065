import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** Addresses whose decoding has begun, and how to finish it. */
let begun: Map<string, () => void>;

beforeEach(() => {
  begun = new Map();
  vi.resetModules();
  vi.stubGlobal(
    'Image',
    class {
      src = '';
      isConnected = false;
      removeAttribute(): void {
        this.src = '';
      }
      decode(): Promise<void> {
        return new Promise((done) => begun.set(this.src, done));
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

const finish = async (src: string): Promise<void> => {
  begun.get(src)?.();
  await new Promise((done) => setTimeout(done, 0));
};

test('photos are decoded one after the other, and others are let go of', async () => {
  const { decodedNow, keepDecoded } = await import('./decoded');
  void keepDecoded(['a', 'b']);
  expect([...begun.keys()]).toEqual(['a']);
  await finish('a');
  expect([...begun.keys()]).toEqual(['a', 'b']);
  expect([decodedNow('a') !== null, decodedNow('b')]).toEqual([true, null]);
  await finish('b');
  void keepDecoded(['b']);
  expect([decodedNow('a'), decodedNow('b') !== null]).toEqual([null, true]);
});

test('what is let go of gives its pixels back, unless it is still shown', async () => {
  const { decodedNow, keepDecoded } = await import('./decoded');
  void keepDecoded(['a', 'b']);
  await finish('a');
  await finish('b');
  const [hidden, shown] = [decodedNow('a'), decodedNow('b')];
  Object.assign(shown as object, { isConnected: true });
  void keepDecoded([]);
  expect([hidden?.src, shown?.src]).toEqual(['', 'b']);
  Object.assign(shown as object, { isConnected: false });
  void keepDecoded([]);
  expect(shown?.src).toBe('');
});

test('what a later wish let go of is not brought back by an earlier one', async () => {
  const { decodedNow, keepDecoded } = await import('./decoded');
  void keepDecoded(['a', 'b', 'c']);
  void keepDecoded(['d']);
  await finish('a');
  await finish('d');
  expect([...begun.keys()]).toEqual(['a', 'd']);
  expect(decodedNow('d')).not.toBeNull();
});
