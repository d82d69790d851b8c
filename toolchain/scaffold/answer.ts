import { kinds } from '../../compiler/schema/kinds.ts';
import { type Choices, firstTenant, type TenantAnswers, tenantFile } from './tenant.ts';

/** Why an answer cannot be one: what its field takes, or what the configuration has. undefined: it can. */
export function problemOf<F extends keyof TenantAnswers>(
  field: F,
  answer: NonNullable<TenantAnswers[F]>,
  choices: Choices,
): string | undefined {
  return unfit(field, answer) ?? [answer].flat().flatMap((one) => unheard(field, String(one), choices) ?? [])[0];
}

/** A tenant that is right but for this answer: what its schema says is about the answer. */
function unfit(field: keyof TenantAnswers, answer: unknown): string | undefined {
  const { value } = tenantFile({ ...firstTenant, [field]: answer }, '');
  return kinds.Tenant.schema.safeParse(value).error?.issues[0]?.message;
}

/** What cannot be read offers nothing to choose from, and is no reason to refuse a name. */
function unheard(field: keyof TenantAnswers, name: string, choices: Choices): string | undefined {
  const { tiers, profiles, guardrails, tenants } = choices;
  const file = tenants.get(name);
  if (field === 'name' && file !== undefined) return `there is a tenant ${name} already, in ${file}`;
  const known = { tier: tiers, routing: profiles, guardrails } as const;
  const what = { tier: 'tier', routing: 'routing profile', guardrails: 'guardrail' } as const;
  if (field !== 'tier' && field !== 'routing' && field !== 'guardrails') return undefined;
  if (known[field].length === 0 || known[field].includes(name)) return undefined;
  return `there is no ${what[field]} ${name}: there are ${known[field].join(', ')}`;
}
