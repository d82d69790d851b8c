import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle } from '../../compiler/diagnostics/engine.ts';
import { renderers } from '../../compiler/diagnostics/renderers.ts';
import { secretsIn, withoutSecrets } from '../../compiler/diagnostics/secret.ts';
import { parseFile } from '../../compiler/source/parse.ts';

/** No key of anybody: the shape is all that counts. */
const letters = (count: number): string => 'aB3dE6gH9jK2mN5pQ8sT'.repeat(10).slice(0, count);
const upper = (count: number): string => 'A2B3C4D5E6F7G8H9'.repeat(4).slice(0, count);

const secrets: readonly (readonly [what: string, secret: string])[] = [
  ['an AWS access key', `AKIA${upper(16)}`],
  ['an AWS access key', `ASIA${upper(16)}`],
  ['an Amazon Bedrock API key', `ABSK${letters(60)}=`],
  ['an API key', `sk-${letters(48)}`],
  ['an API key', `sk-ant-api03-${letters(80)}`],
  ['an API key', `sk-proj-${letters(20)}-${letters(20)}_x`],
  ['an API key', `sk-or-v1-${'0a1f9c4e7b2d8365'.repeat(4)}`],
  ['an API key', `gsk_${letters(52)}`],
  ['an API key', `xai-${letters(80)}`],
  ['a Stripe key', `sk_live_${letters(24)}`],
  ['a Google API key', `AIza${letters(35)}`],
  ['a Google client secret', `GOCSPX-${letters(28)}`],
  ['a Hugging Face token', `hf_${letters(34)}`],
  ['a Databricks token', `dapi${'0a1f9c4e7b2d8365'.repeat(2)}`],
  ['a GitHub token', `ghp_${letters(36)}`],
  ['a GitHub token', `github_pat_${letters(22)}_${letters(59)}`],
  ['a GitLab token', `glpat-${letters(20)}`],
  ['an npm token', `npm_${letters(36)}`],
  ['a Slack token', `xoxb-123456789012-1234567890123-${letters(24)}`],
  ['a Vault token', `hvs.${letters(90)}`],
  ['a JSON web token', `eyJ${letters(30)}.eyJ${letters(60)}.${letters(43)}`],
];

/** With letters around it and in the middle of a line, as a value, a key, a comment, and in a file that is no YAML. */
const places: readonly ((secret: string) => string)[] = [
  (secret) => `a: ${secret}\n`,
  (secret) => `${secret}: 1\n`,
  (secret) => `a: 1 # was ${secret}, until May\n`,
  (secret) => `a: ["${secret}"\nb: }\n`,
  (secret) => `a: "Authorization: Bearer ${secret}"\n`,
  (secret) => `a: \u0000 '${secret}'\n`,
];

describe('a secret in a file', () => {
  it.each(secrets)('%s: %s', (what, secret) => {
    for (const place of places) {
      const text = place(secret);
      const bytes = new TextEncoder().encode(text);
      const { findings } = parseFile({ path: 'a.yaml', content: bytes });
      const found = findings.filter(({ code }) => code === 'security/secret-value');
      const row = text.split('\n').findIndex((one) => one.includes(secret));
      const start = { line: row + 1, column: (text.split('\n')[row] ?? '').indexOf(secret) + 1 };
      expect(found).toMatchObject([{ message: expect.stringContaining(what), place: { range: { start } } }]);
      const settled = settle(findings, new Map());
      for (const render of Object.values(renderers)) {
        expect(render(settled, { files: 1, sourceOf: () => text })).not.toContain(secret.slice(8));
      }
    }
  });

  it.each(['aws_secret_access_key = ', 'secretAccessKey: "', 'export AWS_SECRET_ACCESS_KEY='])(
    'is found behind a name that says so: %s',
    (name) => {
      const text = `a: 1 # ${name}${letters(36)}/+x9`;
      expect(secretsIn(text)).toEqual([
        { what: 'an AWS secret access key', start: text.length - 40, end: text.length },
      ]);
    },
  );

  it('is found in what nothing reads', () => {
    const { findings } = parseFile({ path: 'tenants/a.json', content: new TextEncoder().encode(`"AKIA${upper(16)}"`) });
    expect(findings.map(({ code }) => code)).toEqual(['source/extension', 'security/secret-value']);
  });

  it('hides at least what it finds', () => {
    const piece = fc.constantFrom(
      ...secrets.map(([, secret]) => secret),
      ' ',
      '"',
      'x',
      '://',
      'u:passw@h',
      '\n',
      '-',
      '_',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const text = pieces.join('');
        const hidden = withoutSecrets(text);
        expect(hidden.length).toBe(text.length);
        for (const { start, end } of secretsIn(text)) {
          expect(hidden.slice(start, end)).not.toBe(text.slice(start, end));
        }
      }),
    );
  });
});

describe('no secret', () => {
  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    'ghp_EXAMPLE0000000000000000000000000000000',
    'https://user:EXAMPLE@host.example.com',
    `https://user:${'$'}{PASSWORD}@host.example.com`,
    'https://host.example.com:8080/a@b',
    'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE',
    'sk-learn-2024-notebooks-of-the-whole-team',
    'task-0123456789abcdef0123456789abcdef',
    'desk-ant-aB3dE6gH9jK2mN5pQ8sT',
    '3f786850e387550fdab836ed7e6dc881de23001b',
    'sha256:7c1f4e0a9d52b86e3f0d4b7a915c8e26d3a07f9be4415c62f8d9072ab36ce51d',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/global.anthropic.claude-opus-4-5-20251101-v1:0',
    'SGVsbG8gV29ybGQsIHRoaXMgaXMgYSBsb25nIHRleHQgaW4gYmFzZTY0',
    '123e4567-e89b-12d3-a456-426614174000',
    '-----BEGIN RSA PRIVATE KEY-----',
    '-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\\s]{40,}',
    'AKIA[0-9A-Z]{16}',
    '(?:sk|pk)-[A-Za-z0-9]{20,}',
    'gh[pousr]_[A-Za-z0-9]{36,}',
    'xox[abp]-[0-9]+-[A-Za-z0-9-]+',
    'eyJ[A-Za-z0-9_-]+\\.eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*',
    'https?://[\\w.-]+:[^@]+@',
    'AIza[0-9A-Za-z_-]{35}',
  ])('%s', (text) => {
    expect(secretsIn(`a: ${text} # ${text}`)).toEqual([]);
  });
});

describe('a search for secrets', () => {
  // Took half a minute when each opening was followed to the end of the text.
  it.each([
    ['openings of private keys', 'x: -----BEGIN PRIVATE KEY-----\n'.repeat(34_000)],
    ['a word without an end', `sk-${'a1-'.repeat(340_000)}`],
    ['openings in headers', 'a: -----BEGIN PRIVATE KEY-----\nx: y\n\n'.repeat(28_000)],
  ])('reads a text of a mebibyte once: %s', (_, text) => {
    const started = performance.now();
    secretsIn(text);
    withoutSecrets(text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
