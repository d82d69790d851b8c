import type { Choices, TenantAnswers } from './tenant.ts';

/** What is known so far. */
export type Given = { readonly [K in keyof TenantAnswers]: TenantAnswers[K] | undefined };

/** Puts a question to a person. */
export type Ask = (question: string) => Promise<string>;

/** The options without which there is no tenant, by the answer that each gives. */
const required = {
  name: 'a name',
  displayName: '--display-name',
  owners: '--owner',
  costCenter: '--cost-center',
  tier: '--tier',
  routing: '--routing',
} as const;

/** The options that are still needed. */
export function missing(given: Given): string[] {
  const absent = Object.entries(required).filter(([field]) => isAbsent(given[field as keyof typeof required]));
  return absent.map(([, option]) => option);
}

/** Asks for what is absent, one question after the other, until every answer can be one. */
export async function interview(
  given: Given,
  { tiers, profiles, guardrails }: Choices,
  ask: Ask,
): Promise<TenantAnswers> {
  const name = given.name ?? (await some(ask, 'name (lower-case letters, digits and hyphens)'));
  const suggested = titled(name);
  const displayName = given.displayName ?? ((await ask(`display name [${suggested}]: `)).trim() || suggested);
  const owners = isAbsent(given.owners) ? await several(ask, 'owners (@org/team, @user or e-mail)', 1) : given.owners;
  const costCenter = given.costCenter ?? (await some(ask, 'cost centre'));
  const orgUnit = given.orgUnit ?? (await ask('organisational unit [none]: ')).trim();
  const tier = given.tier ?? (await oneOf(ask, 'tier', tiers));
  const routing = given.routing ?? (await oneOf(ask, 'routing profile', profiles));
  const chosen = given.guardrails ?? (guardrails.length === 0 ? [] : await severalOf(ask, 'guardrails', guardrails));
  const { orgUnit: _, ...rest } = withDefaults({ ...given, name, displayName, owners, costCenter, tier, routing });
  return { ...rest, guardrails: chosen, ...(orgUnit === '' ? {} : { orgUnit }) };
}

type Essential = Pick<TenantAnswers, keyof typeof required>;

/** A program calls for a tenant unless people of a group do. */
export function withDefaults({ orgUnit, monthlyUsd, ...given }: Given & Essential): TenantAnswers {
  const groups = given.groups ?? [];
  return {
    ...given,
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

async function some(ask: Ask, question: string): Promise<string> {
  for (;;) {
    const answer = (await ask(`${question}: `)).trim();
    if (answer !== '') return answer;
  }
}

async function several(ask: Ask, question: string, atLeast: number): Promise<string[]> {
  for (;;) {
    const answers = (await ask(`${question}, separated by commas: `)).split(',').map((answer) => answer.trim());
    const given = answers.filter((answer) => answer !== '');
    if (given.length >= atLeast) return given;
  }
}

async function oneOf(ask: Ask, question: string, choices: readonly string[]): Promise<string> {
  for (;;) {
    const answer = await some(ask, `${question} (${choices.join(', ')})`);
    if (choices.length === 0 || choices.includes(answer)) return answer;
  }
}

async function severalOf(ask: Ask, question: string, choices: readonly string[]): Promise<string[]> {
  for (;;) {
    const answers = await several(ask, `${question} (${choices.join(', ')}) [none]`, 0);
    if (answers.every((answer) => choices.includes(answer))) return answers;
  }
}
