import type { TestRequest } from '../../toolchain/config-tests/engine.ts';

/** What people, or attackers, may write where a text may stand. */
export const hostileTexts: readonly string[] = [
  '"]+jwt.sub+["',
  '"}[metadata.client], "x") + {"a":"b',
  '" + fail("x") + "',
  '}[jwt.client_id]',
  `${'$'}{HOME}`,
  `${'$'}{OPENAI_API_KEY}`,
  `${'$'}{UNSET:-x}`,
  '$1 $HOME $$ $',
  'back\\slash \\" \\n',
  "it's `quoted`",
  'two\nlines\r\n\ttabbed',
  'key: value\n- item # comment\n? !!str &a *a | >',
  'x-gw-rule: base.sonnet\r\nauthorization: Bearer x',
  'separators \u2028 and \u2029',
  'controls \u007f \u0080 \u0085 \u009f \ufeff \uffff \u0007',
  '{{x}} <b> &amp; %s {0} #{x} <%= x %>',
  '/* x */ // x # x --- ...',
  '😀 e\u0301 \u202e',
  '@ {release} @',
  '~/x',
];

/** The text where one is compared or booked: on one line, with nothing unseen around it. */
export function labelOf(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ').trim();
}

/** As YAML, in printable ASCII whatever the text is. */
export function quoted(text: string): string {
  const escaped = [...text].map((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f && character !== '"' && character !== '\\') return character;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}

export function request(text: string, model = 'sonnet', headers: TestRequest['headers'] = {}): TestRequest {
  return {
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model, max_tokens: 10, messages: [{ role: 'user', content: text }] }),
    credential: 'valid',
    client: 'acme/default',
    claims: {},
  };
}
