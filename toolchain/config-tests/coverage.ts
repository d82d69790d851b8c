import { type DecisionTable, isDenial, type Rule } from '../../contract/artifacts/decision-table.ts';
import { sortedKeys } from '../../contract/canonical.ts';
import type { Observation } from './engine.ts';
import type { TestedEnvironment } from './environment.ts';
import { guardrailsOn } from './judge.ts';
import { pathOf } from './requests.ts';
import type { EnvironmentRun, Exercise } from './runner.ts';

export interface Coverage {
  readonly environment: string;
  /** What no engine can show, whatever the cases are. */
  readonly notes: readonly string[];
  readonly groups: readonly CoverageGroup[];
}

export interface CoverageGroup {
  readonly name: 'rules' | 'targets' | 'guardrails' | 'limits' | 'budgets';
  readonly total: number;
  /** What no case exercises, in words of the configuration. */
  readonly missing: readonly string[];
}

/** What of an environment no case has exercised. */
export function coverageOf({ environment, exercises }: EnvironmentRun): Coverage {
  const { table } = environment;
  const observations = exercises.flatMap((exercise) =>
    exercise.outcomes.map((outcome) => ({ exercise, observation: outcome.observation })),
  );
  const rules = observations.map(({ observation }) => String(observation.log['gw.rule']));
  const targets = observations.flatMap(({ observation }) => targetReached(table, observation));
  const guardrails = observations.flatMap(({ exercise, observation }) =>
    guardrailsOn(observation, { path: pathOf(exercise.case.given), environment, exact: false }),
  );
  const used = Object.values(table.rules).flatMap((rule) => rule.guardrails);
  return {
    environment: environment.name,
    notes: notesOf(environment, new Set(used)),
    groups: [
      group('rules', sortedKeys(table.rules), rules),
      group(
        'targets',
        sortedKeys(table.rules).flatMap((id) => targetsOf(id, table.rules[id])),
        targets,
      ),
      group('guardrails', used, guardrails),
      group(
        'limits',
        limitsIn(environment),
        observations.flatMap(({ exercise, observation }) => limitsBy(exercise, observation)),
      ),
      group(
        'budgets',
        budgetsIn(environment),
        observations.flatMap(({ exercise, observation }) => budgetsBy(exercise, observation)),
      ),
    ],
  };
}

function group(name: CoverageGroup['name'], all: readonly string[], exercised: readonly string[]): CoverageGroup {
  const known = new Set(exercised);
  const distinct = [...new Set(all)];
  return { name, total: distinct.length, missing: distinct.filter((item) => !known.has(item)) };
}

/** One item per case, branch and target; equal targets of one case are one. */
function targetsOf(id: string, rule: Rule | undefined): string[] {
  return (rule?.cases ?? []).flatMap(({ branches }, index) =>
    branches.flatMap(({ targets }) =>
      targets.map(({ provider, model }) => targetName(id, rule, index, provider, model)),
    ),
  );
}

function targetName(id: string, rule: Rule | undefined, index: number, provider: string, model: string | null): string {
  const which = (rule?.cases.length ?? 0) > 1 ? ` case ${index + 1}` : '';
  return `${id}${which}: ${provider}${model === null ? '' : ` ${model}`}`;
}

/** The target that was called last: of those before it nobody can tell whether they would have answered. */
function targetReached(table: DecisionTable, { log, route, attempts, upstream }: Observation): string[] {
  const id = String(log['gw.rule']);
  const rule = Object.hasOwn(table.rules, id) ? table.rules[id] : undefined;
  const index = caseOf(id, route);
  const provider = attempts.at(-1);
  const reached = rule?.cases[index]?.branches
    .flatMap(({ targets }) => targets)
    .filter((target) => target.provider === provider && (target.model === null || target.model === upstream?.model));
  return (reached ?? []).map((target) => targetName(id, rule, index, target.provider, target.model));
}

/** Index of the case of a rule: the number in the name of its route. */
function caseOf(rule: string, route: string | undefined): number {
  const [, digits] = /^-(\d+)/.exec(route?.startsWith(rule) ? route.slice(rule.length) : '') ?? [];
  return digits === undefined ? -1 : Number(digits);
}

/** Tenants that the table lets in: of the others nothing is ever counted. */
function served({ tenants }: DecisionTable): string[] {
  return sortedKeys(tenants).filter((name) => !isDenial(tenants[name]?.class ?? ''));
}

function limitsIn({ table, limits }: TestedEnvironment): string[] {
  if (limits === undefined) return [];
  return served(table).filter((name) => {
    const { requestsPerMinute = null, tokensPerDay = null } = table.tenants[name]?.limits ?? {};
    return requestsPerMinute !== null || (limits === 'global' && tokensPerDay !== null);
  });
}

/** A limit is exercised by a case that says which one counts, or that runs into it. */
function limitsBy({ case: { given, expect } }: Exercise, { log }: Observation): string[] {
  return expect.limits === undefined && given.requestsBefore === undefined ? [] : [String(log['gw.tenant'])];
}

function budgetsIn({ table, directory, hasBudgets }: TestedEnvironment): string[] {
  if (!hasBudgets) return [];
  return served(table).flatMap((name) => {
    const budget = directory.tenants[name]?.budget;
    const models = sortedKeys(budget?.models ?? {}).map((model) => `${name}: ${model}`);
    return [...((budget?.monthlyUsd ?? null) === null ? [] : [name]), ...models];
  });
}

/** A budget is exercised by a case that says how much of it is spent. */
function budgetsBy({ case: { given } }: Exercise, { log }: Observation): string[] {
  const tenant = String(log['gw.tenant']);
  const models = Object.keys(given.spent?.models ?? {}).map((model) => `${tenant}: ${model}`);
  return [...(given.spent?.tenantUsd === undefined ? [] : [tenant]), ...models];
}

function notesOf({ guardrails, limits }: TestedEnvironment, used: ReadonlySet<string>): string[] {
  const onBedrock = sortedKeys(guardrails.guardrails).filter(
    (name) => used.has(name) && guardrails.guardrails[name]?.bedrock !== null,
  );
  return [
    ...(onBedrock.length === 0
      ? []
      : [
          `what Bedrock does for the guardrails ${onBedrock.join(', ')} is not run: nothing on this machine can stand in for it`,
        ]),
    ...(limits === 'global'
      ? ['no request is counted: the global rate limit service does not run beside the tests']
      : []),
  ];
}
