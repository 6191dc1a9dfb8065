// Both languages say everything: the same keys, the same placeholders, nothing empty, every code worded.

import { describe, expect, test } from 'vitest';
import verifyRs from '../../../src-tauri/crates/audit/src/verify.rs?raw';
import decodeRs from '../../../src-tauri/crates/analyzer/src/decode.rs?raw';
import protocolRs from '../../../src-tauri/crates/protocol/src/lib.rs?raw';
import bindings from '../ipc/bindings.ts?raw';

type Texts = Record<string, string>;
const files = import.meta.glob<Texts>('./{zh-CN,en}/*.json', { eager: true, import: 'default' });
const FILES = ['audit', 'checks', 'common', 'day', 'errors', 'find', 'review', 'same-shot', 'settings', 'sign-in', 'tour'];

const of = (language: string, file: string): Texts => files[`./${language}/${file}.json`] ?? {};
const all = (language: string): Texts => Object.assign({}, ...FILES.map((file) => of(language, file)));
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort();
const codes = (source: string, body: RegExp, code: RegExp): string[] => {
  const inside = body.exec(source)?.[1] ?? '';
  return [...inside.matchAll(code)].map((found) => found[1] ?? '');
};
const snake = (name: string): string => name.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

test('both languages have the same files', () => {
  const expected = ['en', 'zh-CN'].flatMap((language) => FILES.map((file) => `./${language}/${file}.json`));
  expect(Object.keys(files).sort()).toEqual(expected.sort());
});

describe.each(FILES)('%s.json', (file) => {
  const [zh, en] = [of('zh-CN', file), of('en', file)];

  test('has the same keys in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
  });

  test('leaves no text empty', () => {
    for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)]) expect(text.trim(), key).not.toBe('');
  });

  test('has the same placeholders', () => {
    for (const [key, text] of Object.entries(zh)) expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(text));
  });

  test('has English that is English', () => {
    for (const [key, text] of Object.entries(en)) expect(text, key).not.toMatch(/\p{Script=Han}|[，。；：？！（）]/u);
  });
});

test('no key occurs in two files', () => {
  const keys = FILES.flatMap((file) => Object.keys(of('zh-CN', file)));
  expect(keys).toEqual([...new Set(keys)]);
});

describe.each(['zh-CN', 'en'])('%s words every code', (language) => {
  const texts = all(language);
  const worded = (prefix: string, found: string[], atLeast: number): void => {
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
    expect(found.filter((code) => !texts[`${prefix}_${code}`])).toEqual([]);
  };

  test('of errors of the desk', () => {
    worded('error', codes(bindings, /export type ErrorCode =([^;]*);/, /"(\w+)"/g), 20);
  });

  test('of refusals by the backend', () => {
    const names = codes(protocolRs, /pub enum ErrorCode \{([^}]*)\}/, /^\s+([A-Z]\w+),/gm);
    worded('error', names.map(snake), 10);
  });

  test('of photos that cannot be decoded', () => {
    worded('unreadable', codes(decodeRs, /impl DecodeError \{([\s\S]*?)\n\}/, /=> "(\w+)"/g), 5);
  });

  test('of what is wrong with an audit file', () => {
    worded('audit_problem', codes(verifyRs, /impl Problem \{([\s\S]*?)\n\}/, /=> "(\w+)"/g), 10);
  });
});
