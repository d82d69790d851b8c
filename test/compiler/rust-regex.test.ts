import { describe, expect, it } from 'vitest';
import { outsideRust } from '../../compiler/checks/guardrail/regex/rust-regex.ts';

describe('regexes that RE2 takes and the gateway refuses, as it did when it was asked', () => {
  const refused = ['a{x}', '{{x}}', '[[a]', '[a[b]', String.raw`\Qa.b\E`, 'a{,3}', 'a{2', String.raw`[\d-z]`, '.(?i)+'];
  it.each(refused)('%s', (regex) => expect(outsideRust(regex)).toBeDefined());
});

describe('regexes that mean something else to the gateway', () => {
  it.each(['[a&&b]', '[a~~b]', '[a--b]', String.raw`\<tag\>`])('%s', (regex) =>
    expect(outsideRust(regex)).toBeDefined(),
  );
});

describe('regexes that both take alike', () => {
  const taken = [
    String.raw`\b(AKIA|ASIA)[0-9A-Z]{16}\b`,
    '-----BEGIN ([A-Z]+ )*PRIVATE KEY-----',
    String.raw`(?i)\bproject[ -](nightfall|ember)\b`,
    String.raw`\x{41}\p{Greek}{2,3}[[:alpha:]]`,
    String.raw`[]a][^]b][\]\[][a-]`,
    String.raw`\{"key": "[^"]*"\}`,
    '[&~-]+',
  ];
  it.each(taken)('%s', (regex) => expect(outsideRust(regex)).toBeUndefined());
});
