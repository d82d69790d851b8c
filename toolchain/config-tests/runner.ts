import { disagreements } from './agreement.ts';
import type { LocatedCase } from './cases.ts';
import type { Engine, Outcome } from './engine.ts';
import type { TestedEnvironment } from './environment.ts';
import { judge } from './judge.ts';
import { Refusal } from './refusals.ts';
import { type Prepared, pathOf, prepare } from './requests.ts';
import { runsFor, toleranceProblem } from './shares.ts';
import { translatedFor } from './translation.ts';

type Expect = LocatedCase['expect'];

/** What one engine says to one case. */
export type Verdict =
  | { readonly engine: Engine['name']; readonly kind: 'passed' }
  | { readonly engine: Engine['name']; readonly kind: 'failed'; readonly differences: readonly string[] }
  | { readonly engine: Engine['name']; readonly kind: 'not-run'; readonly reason: string };

/** `invalid`: the case makes no sense in this environment, which is a mistake of the test file. */
export type Status = 'passed' | 'failed' | 'disagreement' | 'invalid' | 'not-run';

export interface Result {
  readonly case: LocatedCase;
  readonly environment: string;
  readonly status: Status;
  readonly verdicts: readonly Verdict[];
  /** Why the case is invalid, or how the engines disagree. */
  readonly problems: readonly string[];
}

/** What a case did to the config: coverage reads it. */
export interface Exercise {
  readonly case: LocatedCase;
  readonly outcomes: readonly Outcome[];
}

export interface EnvironmentRun {
  readonly environment: TestedEnvironment;
  readonly results: readonly Result[];
  readonly exercises: readonly Exercise[];
}

/** A case that is about to run. */
export interface CaseStart {
  readonly number: number;
  readonly of: number;
  readonly name: string;
  /** How often it is sent where outcomes are measured. */
  readonly runs: number;
}

export type OpenEngine = (environment: TestedEnvironment) => Promise<Engine>;

/** Cases that apply to an environment, on each engine, in order. */
export async function runEnvironment(
  environment: TestedEnvironment,
  cases: readonly LocatedCase[],
  open: readonly OpenEngine[],
  onCase?: (start: CaseStart) => void,
): Promise<EnvironmentRun> {
  const engines: Engine[] = [];
  const results: Result[] = [];
  const exercises: Exercise[] = [];
  try {
    if (cases.length > 0) for (const each of open) engines.push(await each(environment));
    for (const [index, one] of cases.entries()) {
      onCase?.({ number: index + 1, of: cases.length, name: one.name, runs: runsFor(one.expect) });
      const { result, exercise } = await runCase(one, environment, engines);
      results.push(result);
      if (exercise !== undefined) exercises.push(exercise);
    }
  } finally {
    for (const engine of engines) await engine.close();
  }
  return { environment, results, exercises };
}

interface CaseRun {
  readonly result: Result;
  readonly exercise?: Exercise;
}

async function runCase(one: LocatedCase, environment: TestedEnvironment, engines: readonly Engine[]): Promise<CaseRun> {
  const base = { case: one, environment: environment.name };
  const unmeasurable = toleranceProblem(one.expect);
  const prepared = unmeasurable === undefined ? prepare(one.given, environment) : { problem: unmeasurable };
  if ('problem' in prepared) {
    return { result: { ...base, status: 'invalid', verdicts: [], problems: [prepared.problem] } };
  }
  const verdicts: Verdict[] = [];
  const seen = new Map<Engine['name'], readonly Outcome[]>();
  for (const engine of engines) {
    const { verdict, outcomes } = await ask(engine, one, prepared, environment);
    verdicts.push(verdict);
    if (outcomes !== undefined) seen.set(engine.name, outcomes);
  }
  const problems = disagreementsOf(seen);
  const exercise = { case: one, outcomes: [...seen.values()].flat() };
  return { result: { ...base, status: statusOf(verdicts, problems), verdicts, problems }, exercise };
}

interface Asked {
  readonly verdict: Verdict;
  readonly outcomes?: readonly Outcome[];
}

async function ask(
  engine: Engine,
  { expect, given }: LocatedCase,
  { request, world }: Prepared,
  environment: TestedEnvironment,
): Promise<Asked> {
  try {
    const outcomes = await engine.run(request, world, runsFor(expect));
    return { verdict: verdictOn(engine.name, outcomes, expect, { path: pathOf(given), environment }), outcomes };
  } catch (error) {
    if (error instanceof Refusal) return { verdict: { engine: engine.name, kind: 'not-run', reason: error.message } };
    // One case that an engine stumbles over must not hide what the others show.
    const differences = [`the engine broke down: ${error instanceof Error ? error.message : String(error)}`];
    return { verdict: { engine: engine.name, kind: 'failed', differences } };
  }
}

interface Where {
  readonly path: string;
  readonly environment: TestedEnvironment;
}

function verdictOn(engine: Engine['name'], outcomes: readonly Outcome[], expect: Expect, where: Where): Verdict {
  const isModel = engine === 'model';
  const { sent, ...rest } = expect;
  const translated = isModel && sent !== undefined ? translatedFor(outcomes, where.path, where.environment) : [];
  const judged = translated.length === 0 ? expect : rest;
  const differences = judge(judged, outcomes, { ...where, exact: isModel });
  if (differences.length > 0) return { engine, kind: 'failed', differences };
  if (translated.length === 0) return { engine, kind: 'passed' };
  const reason = `all but sent is as expected, but the model does not translate for ${translated.join(', ')}`;
  return { engine, kind: 'not-run', reason };
}

function disagreementsOf(seen: ReadonlyMap<Engine['name'], readonly Outcome[]>): string[] {
  const model = seen.get('model');
  const binary = seen.get('binary');
  return model === undefined || binary === undefined ? [] : disagreements(model, binary);
}

function statusOf(verdicts: readonly Verdict[], problems: readonly string[]): Status {
  if (problems.length > 0) return 'disagreement';
  if (verdicts.some(({ kind }) => kind === 'failed')) return 'failed';
  return verdicts.some(({ kind }) => kind === 'passed') ? 'passed' : 'not-run';
}
