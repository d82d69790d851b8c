import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFile } from '../../../compiler/source/parse.ts';
import { format } from '../../../toolchain/format/format.ts';
import { type Given, interview, missing, unfit, withDefaults } from '../../../toolchain/scaffold/interview.ts';
import { serialised } from '../../../toolchain/scaffold/serialise.ts';
import { type Choices, firstTenant, tenantFile } from '../../../toolchain/scaffold/tenant.ts';
import { tryFile } from '../../../toolchain/scaffold/trial.ts';
import { day, minimal, treeOf } from '../../compiler/project.ts';

const nothing: Given = {
  name: undefined,
  displayName: undefined,
  owners: undefined,
  costCenter: undefined,
  orgUnit: undefined,
  tier: undefined,
  routing: undefined,
  guardrails: undefined,
  residency: undefined,
  clients: undefined,
  groups: undefined,
  monthlyUsd: undefined,
};

const choices: Choices = {
  tiers: ['sandbox', 'standard'],
  profiles: ['base'],
  guardrails: ['baseline', 'strict'],
  mandatory: [['baseline', ['dev', 'prod']]],
  tenants: new Map([['taken', 'tenants/taken.yaml']]),
};

describe('what is asked', () => {
  function answering(answers: readonly string[]) {
    const asked: string[] = [];
    const left = [...answers];
    const ask = (question: string) => {
      asked.push(question);
      return Promise.resolve(left.shift() ?? expect.fail(`nobody answers "${question}"`));
    };
    return { asked, ask };
  }

  it('is everything that is missing, with what there is to choose from', async () => {
    const { asked, ask } = answering([
      'search',
      '',
      '@acme/search, s@acme.example',
      'CC-1',
      '',
      'standard',
      'base',
      'strict',
    ]);
    const tenant = await interview(nothing, choices, ask);
    expect(tenant).toMatchObject({ name: 'search', displayName: 'Search', owners: ['@acme/search', 's@acme.example'] });
    expect(tenant).toMatchObject({ tier: 'standard', routing: 'base', guardrails: ['strict'], clients: ['default'] });
    expect(tenant).not.toHaveProperty('orgUnit');
    expect(asked.join('\n')).toContain('tier (sandbox, standard)');
  });

  it('is asked again until the answer can be one', async () => {
    const { asked, ask } = answering(['', 'gold', 'sandbox']);
    const { displayName, owners, costCenter, routing } = firstTenant;
    const given = { ...nothing, name: 'a', displayName, owners, costCenter, routing, orgUnit: 'x', guardrails: [] };
    expect(await interview(given, choices, ask)).toMatchObject({ tier: 'sandbox', orgUnit: 'x' });
    expect(asked).toHaveLength(3);
  });

  it('is asked again with the reason, and with the guardrails that hold anyway', async () => {
    const { asked, ask } = answering([
      'Search Team',
      'taken',
      'search',
      '',
      'me',
      '@acme/search',
      'CC-1',
      '',
      'gold',
      'sandbox',
      'base',
      'all',
      '',
    ]);
    expect(await interview(nothing, choices, ask)).toMatchObject({ name: 'search', tier: 'sandbox', guardrails: [] });
    expect(asked[1]).toContain('a name is a DNS label');
    expect(asked[2]).toContain('there is a tenant taken already, in tenants/taken.yaml');
    expect(asked[5]).toContain('an owner is @user, @org/team or an e-mail address');
    expect(asked[9]).toContain('there is no tier gold: there are sandbox, standard');
    expect(asked[11]).toContain('mandatory for everybody: baseline in dev, prod');
    expect(asked[12]).toContain('there is no guardrail all: there are baseline, strict');
  });

  it('is refused with all reasons at once where it is given', () => {
    expect(unfit({ ...nothing, name: 'taken', tier: 'gold', owners: ['me'], monthlyUsd: '-5' }, choices)).toEqual([
      'name taken: there is a tenant taken already, in tenants/taken.yaml',
      '--owner me: an owner is @user, @org/team or an e-mail address, as CODEOWNERS takes them',
      '--tier gold: there is no tier gold: there are sandbox, standard',
      expect.stringContaining('--monthly-usd -5: '),
    ]);
  });

  it('is said by its options where nobody can be asked', () => {
    expect(missing({ ...nothing, name: 'a', owners: [] })).toEqual(['--owner', '--cost-center', '--tier', '--routing']);
  });

  it('a tenant of people needs no app client', () => {
    const { clients: _, ...rest } = firstTenant;
    const given = { ...nothing, ...rest, clients: undefined };
    expect(withDefaults({ ...given, groups: ['staff'] }).clients).toEqual([]);
    expect(withDefaults(given).clients).toEqual(['default']);
  });
});

it('a file says what was answered, whatever that is, and is formatted', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.constantFrom('no', '1e3', '2026-01-31', "it's \\n", '- a', '@{x}', '# no', 'a: b', ' '),
  );
  fc.assert(
    fc.property(text, text, (displayName, costCenter) => {
      // A control character, half of a pair, or a space that looks like another is no text that a file may have.
      fc.pre(
        !/[^\P{Cc}]|\p{Cs}|(?! )\p{Zs}|[\p{Default_Ignorable_Code_Point}\u2028\u2029]/u.test(displayName + costCenter),
      );
      const file = tenantFile({ ...firstTenant, displayName, costCenter }, 'teams');
      const written = { path: file.path, content: new TextEncoder().encode(serialised(file)) };
      expect(parseFile(written)).toMatchObject({ findings: [], document: { value: file.value } });
      expect(format(written)).toMatchObject({ kind: 'formatted', changed: false });
    }),
    { numRuns: 200, endOnFailure: true },
  );
});

describe('a trial', () => {
  const tree = treeOf({ ...minimal, 'tenants/broken.yaml': 'a: [' });
  const trial = (change: object) => {
    const file = tenantFile({ ...firstTenant, tier: 'standard', ...change }, '');
    return tryFile(tree, file.path, serialised(file), day).findings.map(({ code }) => code);
  };

  it('says what the new file brings, and nothing of what was wrong before', () => {
    expect(trial({})).toEqual([]);
    expect(trial({ tier: 'gold' })).toEqual(['reference/unknown']);
  });
});
