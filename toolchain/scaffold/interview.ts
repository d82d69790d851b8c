import { problemOf } from './answer.ts';
import type { Choices, TenantAnswers } from './tenant.ts';

/** What is known so far. */
export type Given = { readonly [K in keyof TenantAnswers]: TenantAnswers[K] | undefined };

/** Puts a question to a person. */
export type Ask = (question: string) => Promise<string>;

/** The option that gives each answer. */
const options: Readonly<Record<keyof TenantAnswers, string>> = {
  name: 'a name',
  displayName: '--display-name',
  owners: '--owner',
  costCenter: '--cost-center',
  orgUnit: '--org-unit',
  tier: '--tier',
  routing: '--routing',
  guardrails: '--guardrail',
  residency: '--residency',
  clients: '--client',
  groups: '--group',
  monthlyUsd: '--monthly-usd',
};

const required = ['name', 'owners', 'costCenter', 'tier', 'routing'] as const;

/** The options that are still needed. */
export function missing(given: Given): string[] {
  return required.filter((field) => isAbsent(given[field])).map((field) => options[field]);
}

/** What is given and cannot be, each with its option and the reason. */
export function unfit(given: Given, choices: Choices): string[] {
  return (Object.keys(options) as (keyof TenantAnswers)[]).flatMap((field) => {
    const answer = given[field];
    const problem = answer === undefined ? undefined : problemOf(field, answer, choices);
    if (problem === undefined) return [];
    return [`${field === 'name' ? 'name' : options[field]} ${[answer].flat().join(', ')}: ${problem}`];
  });
}

/** Asks for what is absent, one question after the other, each until its answer can be one. */
export async function interview(given: Given, choices: Choices, ask: Ask): Promise<TenantAnswers> {
  const { tiers, profiles, guardrails } = choices;
  const text = <F extends TextField>(field: F, question: string, byDefault?: string): Promise<string> =>
    until(
      ask,
      `${question}: `,
      (line) => (line === '' ? byDefault : line),
      (answer) => (answer === byDefault ? undefined : problemOf(field, answer, choices)),
    );
  const list = (field: 'owners' | 'guardrails', question: string, atLeast: number): Promise<string[]> =>
    until(
      ask,
      `${question}, separated by commas: `,
      (line) => listed(line, atLeast),
      (answer) => (answer.length === 0 ? undefined : problemOf(field, answer, choices)),
    );
  const name = given.name ?? (await text('name', 'name (lower-case letters, digits and hyphens)'));
  const suggested = titled(name);
  const displayName = given.displayName ?? (await text('displayName', `display name [${suggested}]`, suggested));
  const owners = isAbsent(given.owners) ? await list('owners', 'owners (@org/team, @user or e-mail)', 1) : given.owners;
  const costCenter = given.costCenter ?? (await text('costCenter', 'cost centre'));
  const orgUnit = given.orgUnit ?? (await text('orgUnit', 'organisational unit [none]', ''));
  const tier = given.tier ?? (await text('tier', `tier${offered(tiers)}`));
  const routing = given.routing ?? (await text('routing', `routing profile${offered(profiles)}`));
  const optional = `${mandatoryText(choices)}guardrails${offered(guardrails)} [none]`;
  const chosen = given.guardrails ?? (guardrails.length === 0 ? [] : await list('guardrails', optional, 0));
  const { orgUnit: _, ...rest } = withDefaults({ ...given, name, displayName, owners, costCenter, tier, routing });
  return { ...rest, guardrails: chosen, ...(orgUnit === '' ? {} : { orgUnit }) };
}

type TextField = 'name' | 'displayName' | 'costCenter' | 'orgUnit' | 'tier' | 'routing';

function offered(names: readonly string[]): string {
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}

function mandatoryText({ mandatory }: Choices): string {
  if (mandatory.length === 0) return '';
  const each = mandatory.map(([guardrail, environments]) => `${guardrail} in ${environments.join(', ')}`);
  return `mandatory for everybody: ${each.join('; ')}\n`;
}

type Essential = Pick<TenantAnswers, (typeof required)[number]>;

/** A program calls for a tenant unless people of a group do. */
export function withDefaults({ orgUnit, monthlyUsd, ...given }: Given & Essential): TenantAnswers {
  const groups = given.groups ?? [];
  return {
    ...given,
    displayName: given.displayName ?? titled(given.name),
    guardrails: given.guardrails ?? [],
    residency: given.residency ?? [],
    clients: given.clients ?? (groups.length === 0 ? ['default'] : []),
    groups,
    ...(orgUnit === undefined ? {} : { orgUnit }),
    ...(monthlyUsd === undefined ? {} : { monthlyUsd }),
  };
}

export function isComplete(given: Given): given is Given & Essential {
  return missing(given).length === 0;
}

function isAbsent(answer: string | readonly string[] | undefined): answer is undefined {
  return answer === undefined || answer.length === 0;
}

/** `ml-platform` → `Ml Platform` */
function titled(name: string): string {
  const words = name.split('-').filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

/** An empty line where an answer is needed is asked again without a reason; a wrong one with it. */
async function until<T>(
  ask: Ask,
  question: string,
  read: (line: string) => T | undefined,
  problem: (answer: T) => string | undefined,
): Promise<T> {
  let reason = '';
  for (;;) {
    const answer = read((await ask(`${reason}${question}`)).trim());
    const wrong = answer === undefined ? undefined : problem(answer);
    if (answer !== undefined && wrong === undefined) return answer;
    reason = wrong === undefined ? '' : `${wrong}\n`;
  }
}

function listed(line: string, atLeast: number): string[] | undefined {
  const answers = line.split(',').map((answer) => answer.trim());
  const given = answers.filter((answer) => answer !== '');
  return given.length < atLeast ? undefined : given;
}
