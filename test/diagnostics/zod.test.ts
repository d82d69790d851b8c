import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { conform, repair, schemaReports } from '../../compiler/diagnostics/zod.ts';
import { parseFile } from '../../compiler/source/parse.ts';

const branch = z.strictObject({ provider: z.string(), model: z.string().optional() });
const schema = z.strictObject({
  tier: z.string(),
  status: z.enum(['active', 'suspended', 'retired']).default('active'),
  limits: z.strictObject({ requestsPerMinute: z.int().min(1).max(2000) }).optional(),
  budget: z
    .strictObject({ monthlyUsd: z.string().regex(/^\d+\.\d\d$/, 'must be an amount such as "250.00"') })
    .optional(),
  groups: z.array(z.string()).min(1).optional(),
  streaming: z.boolean().optional(),
  credentials: z.union([z.literal('taskRole'), z.strictObject({ secret: z.string() })]).optional(),
  route: z
    .union([
      z.strictObject({ single: branch }),
      z.strictObject({ fallback: z.strictObject({ targets: z.array(branch), retries: z.int().optional() }) }),
    ])
    .optional(),
  provider: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('bedrock'), region: z.string() }),
      z.strictObject({ type: z.literal('azure'), resourceName: z.string() }),
    ])
    .optional(),
  models: z.record(z.string().regex(/^[a-z-]+$/, 'must be lower case'), z.number()).optional(),
  rates: z.partialRecord(z.enum(['input', 'output']), z.string()).optional(),
  even: z
    .number()
    .refine((n) => n % 2 === 0, { error: 'even must be even', params: { hint: 'add one' } })
    .optional(),
});

function check(yaml: string): string[] {
  const { document } = parseFile({ path: 'a.yaml', content: new TextEncoder().encode(yaml) });
  const value = document?.value;
  const result = schema.safeParse(value);
  if (result.success || document === undefined) return [];
  const { textOf } = document;
  return schemaReports(result.error.issues, { file: 'a.yaml', value, schema, textOf }).map(
    ({ code, message, hint, at }) =>
      `${at.path.join('.')}${at.key ? '!' : ''} ${code}: ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
}

describe('unknown and missing fields', () => {
  it('takes a misspelt required field for one mistake', () => {
    expect(check('teir: standard')).toEqual([
      'teir! schema/unknown-field: unknown field "teir" at the top level: it would have no effect | did you mean "tier"?',
    ]);
  });

  it('suggests no field that is there already', () => {
    expect(check('tier: a\nteir: b')).toMatchObject([expect.stringContaining('delete it; known here: tier, status')]);
  });

  it('says what a missing field needs, at the key of its parent', () => {
    expect(check('tier: a\nlimits: {}')).toEqual([
      'limits! schema/missing-field: the required field "requestsPerMinute" is missing in limits | add "requestsPerMinute:" with a whole number',
    ]);
    expect(check('{}')).toEqual([
      '! schema/missing-field: the required field "tier" is missing | add "tier:" with a string',
    ]);
  });

  it('knows the keys of a record over an enum', () => {
    expect(check('tier: a\nrates: {inptu: "1"}')).toMatchObject([expect.stringContaining('did you mean "input"?')]);
  });

  it('pairs each missing field with one unknown field only', () => {
    expect(check('teir: a\ntire: b')).toHaveLength(2);
  });
});

describe('wrong types', () => {
  it('repeats a number as it was written when a string is wanted', () => {
    expect(check('tier: a\nbudget: {monthlyUsd: 250.00}')).toEqual([
      'budget.monthlyUsd schema/wrong-type: "budget.monthlyUsd" expects a string, got the number 250 | quote it: "250.00"',
    ]);
  });

  it.each([
    ['streaming: yes', 'write true: in YAML 1.2 yes is text'],
    ['limits: {requestsPerMinute: "1_000"}', 'write 1000, without quotes and separators'],
    ['groups: eng', 'write a list: [eng]'],
    ['groups:', 'write a value after the ":", or delete the line'],
  ])('knows how %s came about', (line, hint) => {
    expect(check(`tier: a\n${line}`)).toMatchObject([expect.stringContaining(`| ${hint}`)]);
  });

  it('leaves numbers to the reader that the reader refused', () => {
    expect(check('tier: a\neven: .nan')).toEqual([]);
  });
});

describe('invalid values', () => {
  it.each([
    [
      'status: actve',
      'must be one of "active", "suspended" or "retired", got the string "actve" | did you mean "active"?',
    ],
    ['limits: {requestsPerMinute: 9000}', '"limits.requestsPerMinute" must be at most 2000, it is 9000'],
    ['groups: []', '"groups" must have at least 1 entry, it has 0'],
    ['budget: {monthlyUsd: "1"}', '"budget.monthlyUsd" must be an amount such as "250.00", got the string "1"'],
    ['models: {GPT: 1}', 'models.GPT! schema/invalid-value: the key "GPT" must be lower case'],
    ['even: 3', 'even schema/invalid-value: even must be even | add one'],
    [
      'provider: {type: bedrok}',
      'provider.type schema/invalid-value: "provider.type" must be one of "bedrock" or "azure"',
    ],
    [
      'provider: {regoin: x}',
      'the required field "type" is missing in provider | add "type:" with "bedrock" or "azure"',
    ],
  ])('%s', (line, message) => {
    expect(check(`tier: a\n${line}`)).toEqual([expect.stringContaining(message)]);
  });
});

describe('unions', () => {
  it('speaks only of the branch that fits best', () => {
    expect(check('tier: a\nroute: {fallback: {targts: []}}')).toEqual([
      'route.fallback.targts! schema/unknown-field: unknown field "targts" in route.fallback: it would have no effect | did you mean "targets"?',
    ]);
    expect(check('tier: a\nroute: {fallbak: {targets: []}}')).toMatchObject([
      expect.stringContaining('did you mean "fallback"?'),
    ]);
  });

  it('compares a word with the words that are allowed', () => {
    expect(check('tier: a\ncredentials: taskrole')).toEqual([
      'credentials schema/invalid-value: "credentials" must be "taskRole" or a mapping, got the string "taskrole" | did you mean "taskRole"?',
    ]);
  });

  it('says all that is possible when nothing fits', () => {
    expect(check('tier: a\ncredentials: 5')).toEqual([
      'credentials schema/wrong-type: "credentials" expects "taskRole" or a mapping, got the number 5 | write "taskRole" or a mapping of secret',
    ]);
  });
});

describe('repair', () => {
  const repaired = (value: unknown): unknown => {
    const result = schema.safeParse(value);
    return result.success ? value : repair(value, result.error.issues, schema);
  };

  it('renames what was misspelt, drops what is unknown, keeps the rest', () => {
    const value = { teir: 'a', zzzzzz: 1, route: { fallback: { targts: [{ provider: 'p', modle: 'm' }] } } };
    const once = repaired(value);
    expect(once).toEqual({ tier: 'a', route: { fallback: { targets: [{ provider: 'p', modle: 'm' }] } } });
    expect(repaired(once)).toEqual({ tier: 'a', route: { fallback: { targets: [{ provider: 'p', model: 'm' }] } } });
    expect(value).toHaveProperty('teir');
  });
});

describe('conform', () => {
  it('also finds what is wrong below a misspelt field, in its place', () => {
    const value = { teir: 5, route: { fallbak: { targts: [{ provider: 7 }] } } };
    const { data, reports } = conform(schema, { file: 'a.yaml', value });
    expect(data).toMatchObject({ tier: '5', route: { fallback: { targets: [{ provider: '7' }] } } });
    expect(reports.map(({ code, at }) => `${at.path.join('.')} ${code}`)).toEqual([
      'teir schema/unknown-field',
      'route.fallbak schema/unknown-field',
      'teir schema/wrong-type',
      'route.fallbak.targts schema/unknown-field',
      'route.fallbak.targts.0.provider schema/wrong-type',
    ]);
  });

  it('gives what was meant when nothing else is wrong', () => {
    const { data, reports } = conform(schema, { file: 'a.yaml', value: { teir: 'a', zzzzz: 1 } });
    expect(data).toEqual({ tier: 'a', status: 'active' });
    expect(reports).toHaveLength(2);
  });

  it('keeps a rule about a mapping back while one of its fields is misspelt', () => {
    const one = z
      .strictObject({ single: z.string().optional(), fallback: z.string().optional() })
      .refine((it) => Object.keys(it).length === 1, { error: 'exactly one of single and fallback' });
    const codesOf = (value: unknown): string[] => conform(one, { file: '', value }).reports.map(({ code }) => code);
    expect(codesOf({ singel: 'x' })).toEqual(['schema/unknown-field']);
    expect(codesOf({ singel: 'x', fallback: 'y' })).toEqual(['schema/unknown-field', 'schema/invalid-value']);
  });
});
