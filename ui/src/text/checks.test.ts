// Every check that the analyzer can make, and every name that it can measure, has words in both languages.

import { describe, expect, test } from 'vitest';
import checksRs from '../../../src-tauri/crates/analyzer/src/checks.rs?raw';
import fileRs from '../../../src-tauri/crates/analyzer/src/checks/file.rs?raw';
import profile from '../../../src-tauri/crates/analyzer/profiles/chsi-2017.toml?raw';
import { GROUPS } from '../parts/check-list';
import { INSETS } from '../parts/insets';
import { SIGNS } from '../parts/status';
import enChecks from './en/checks.json';
import enCommon from './en/common.json';
import zhChecks from './zh-CN/checks.json';
import zhCommon from './zh-CN/common.json';

const all = (source: string, pattern: RegExp): string[] => [...source.matchAll(pattern)].map((found) => found[1] ?? '');
const codes = all(checksRs, /^\/\/! \| `(\w+)` \|/gm);
const modes = all(/\/\/\/ Channels and depth: (.*)/.exec(fileRs)?.[1] ?? '', /`(\w+)`/g);
const colours = all(profile, /\{ name = "(\w+)"/g);

describe.each([
  ['zh-CN', { ...zhChecks, ...zhCommon }],
  ['en', { ...enChecks, ...enCommon }],
])('in %s', (_, texts: Record<string, string>) => {
  const missing = (keys: string[]): string[] => keys.filter((key) => !texts[key]);

  test('every check has a name and a rule', () => {
    expect(codes.length).toBeGreaterThanOrEqual(19);
    expect(missing(codes.flatMap((code) => [`check_${code}`, `check_${code}_rule`]))).toEqual([]);
  });

  test('every measured name has a word', () => {
    expect(modes.length).toBeGreaterThanOrEqual(8);
    expect(colours.length).toBeGreaterThanOrEqual(3);
    expect(missing([...modes, ...colours, 'jpeg', 'png', 'apng'].map((name) => `measured_${name}`))).toEqual([]);
  });

  test('every status, section and inset has a word', () => {
    const statuses = Object.keys(SIGNS);
    expect(missing(statuses.map((status) => `common_status_${status}`))).toEqual([]);
    const sections = statuses.filter((status) => status !== 'none');
    expect(missing(sections.map((status) => `check_section_${status}`))).toEqual([]);
    expect(missing(GROUPS.map((group) => `check_group_${group}`))).toEqual([]);
    expect(missing(INSETS.map((name) => `stage_inset_${name}`))).toEqual([]);
  });
});
