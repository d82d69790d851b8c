import {
  type Enforced,
  type Enforcement,
  type EnforcementStatement,
  enforced,
  type Strength,
} from '../contract/artifacts/enforcement.ts';
import { sortedKeys } from '../contract/canonical.ts';
import type { Console, Style } from './console.ts';

const nouns: Readonly<Record<Enforced, string>> = {
  zeroLimit: 'limits of 0',
  requestsPerMinute: 'requests per minute',
  tokensPerDay: 'tokens per day',
  monthlyBudget: 'monthly budgets',
  monthlyBudgetWarn: 'monthly budgets that warn',
  modelBudgets: 'model budgets',
  modelBudgetsWarn: 'model budgets that warn',
};

const strengthStyle: Readonly<Record<Strength, Style>> = {
  hard: 'green',
  'next-request': 'green',
  advisory: 'yellow',
  none: 'red',
};

/** How limits, budgets and guardrails act; each sentence once, with all that it is true of before it. */
export function enforcementText({ statements, guardrails }: Enforcement, console: Console): string[] {
  const limits = together(
    enforced.flatMap((kind): [string, string][] => {
      const statement = statements[kind];
      if (statement === undefined) return [];
      return [[sentence(statement, console), `${nouns[kind]} (${statement.tenants})`]];
    }),
  );
  const names = sortedKeys(guardrails);
  const gaps = together(names.flatMap((name) => (guardrails[name] ?? []).map(({ statement }) => [statement, name])));
  return [
    ...section('enforcement, with the number of tenants', limits, console),
    ...section('what guardrails do not see or do', gaps, console),
  ];
}

function sentence({ strength, mechanism, overshoot, outage }: EnforcementStatement, console: Console): string {
  const first = `${console.style(strength, strengthStyle[strength])}, ${mechanism}`;
  // Without strength the overshoot goes without saying.
  const more = [...(strength === 'none' ? [] : [`overshoot: ${overshoot}`]), ...(outage === null ? [] : [outage])];
  return more.length === 0 ? first : `${first}\n${console.style(`      ${more.join('; ')}`, 'dim')}`;
}

function section(title: string, lines: readonly string[], console: Console): string[] {
  return lines.length === 0 ? [] : [console.style(title, 'bold'), ...lines.map((line) => `  ${line}`)];
}

/** Subjects of one sentence stand before it together, in the order in which they come. */
function together(said: readonly (readonly [sentence: string, subject: string])[]): string[] {
  const subjects = new Map<string, string[]>();
  for (const [text, subject] of said) subjects.set(text, [...(subjects.get(text) ?? []), subject]);
  return [...subjects].map(([text, all]) => `${all.join(', ')}: ${text}`);
}
