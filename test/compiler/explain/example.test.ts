import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { analyse } from '../../../compiler/analyse.ts';
import { explain } from '../../../compiler/explain/explain.ts';
import { type Explanation, explanationSchema, type Present } from '../../../compiler/explain/explanation.ts';
import { explanationRenderers } from '../../../compiler/explain/renderers.ts';
import type { Route } from '../../../compiler/explain/route-schema.ts';
import type { Question } from '../../../compiler/explain/subject.ts';
import { day, filesIn, repository, treeOf } from '../project.ts';

const files = filesIn(repository);
const analysis = analyse({ tree: treeOf(files), date: day });
const tenants = [...analysis.resources.tenants.keys()];
const publicNames = [
  ...new Set(
    analysis.environments.flatMap(({ model }) =>
      [...model.profiles.values()].flatMap(({ models }) => models.flatMap((each) => each.publicNames)),
    ),
  ),
];

function explained(question: Question): Explanation {
  const outcome = explain(analysis, question);
  if (!('explanation' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.explanation;
}

function presentIn(explanation: Explanation): Present[] {
  return explanation.environments.flatMap((each) => (each.absent === null ? [each] : []));
}

function tableOf(environment: string) {
  const found = analysis.environments.find(({ model }) => model.environment.name === environment);
  if (found === undefined) throw new Error(environment);
  return found.table.data;
}

const isRoute = (route: Present['route']): route is Route => route !== null && 'rule' in route;

describe('what is explained of the example', () => {
  it.each(tenants)('agrees with the decision table about every model of %s', (tenant) => {
    for (const asked of publicNames) {
      for (const present of presentIn(explained({ tenant, model: asked }))) {
        const table = tableOf(present.environment);
        const entry = table.classes[table.tenants[tenant]?.class ?? ''];
        const context = `${present.environment} ${asked}`;
        if (entry === undefined) {
          expect(present.refusesAll, context).not.toBeNull();
          continue;
        }
        expect(present.refusesAll, context).toBeNull();
        const id = entry.models[asked];
        const { route } = present;
        if (id === undefined) {
          expect(route, context).toMatchObject({ status: 404, code: 'model_not_found' });
          continue;
        }
        const rule = table.rules[id];
        if (!isRoute(route) || rule === undefined) throw new Error(`${context}: ${JSON.stringify(route)}`);
        expect(route.rule, context).toBe(id);
        expect(route.model, context).toBe(entry.aliases[asked] ?? asked);
        expect(
          route.guardrails.map(({ name }) => name),
          context,
        ).toEqual(rule.guardrails);
        expect(
          route.surfaces.filter(({ served }) => served).map(({ path }) => path),
          context,
        ).toEqual(rule.surfaces);
        expect(
          route.surfaces.every(({ served, because }) => served === (because.length === 0)),
          context,
        ).toBe(true);
        expect(shapeOfRoute(route), context).toEqual(
          rule.cases.map(({ when, branches }) => ({
            when,
            branches: branches.map((branch) =>
              branch.targets.map((target) => [target.provider, target.model ?? deploymentOf(target.provider) ?? asked]),
            ),
          })),
        );
      }
    }
  });

  it.each(tenants)('lists the same models of %s as the decision table', (tenant) => {
    for (const { environment, models, refusesAll } of presentIn(explained({ tenant }))) {
      if (refusesAll !== null) continue;
      const table = tableOf(environment);
      const listed = (models?.callable ?? []).flatMap(({ name, others }) =>
        name.includes('*') ? others : [name, ...others],
      );
      expect(listed.sort()).toEqual(
        Object.keys(table.classes[table.tenants[tenant]?.class ?? '']?.models ?? {}).sort(),
      );
    }
  });

  it.each(tenants)('has the shape of its schema, and fits a terminal, for %s', (tenant) => {
    for (const model of [undefined, 'claude-sonnet']) {
      const explanation = explained({ tenant, ...(model === undefined ? {} : { model }) });
      expect(explanationSchema.parse(JSON.parse(explanationRenderers.json(explanation)))).toEqual(explanation);
      const [heading = '', ...lines] = explanationRenderers.text(explanation).split('\n');
      expect(heading).toContain(tenant);
      expect(lines.filter((line) => line.length > 110)).toEqual([]);
    }
  });
});

/** What a target without a model calls; undefined: what the client asked for. */
function deploymentOf(provider: string): string | undefined {
  const spec = analysis.resources.providers.get(provider)?.spec;
  return spec?.type === 'azure' ? spec.deployment : undefined;
}

function shapeOfRoute({ cases, asked }: Route) {
  const models = (upstream: Route['cases'][number]['branches'][number]['targets'][number]['upstream']) => {
    const names = upstream.map(({ model }) => model);
    return names.length === 1 ? names[0] : asked;
  };
  return cases.map(({ when, branches }) => ({
    when,
    branches: branches.map(({ targets }) => targets.map(({ provider, upstream }) => [provider, models(upstream)])),
  }));
}

interface Case {
  readonly name: string;
  readonly given: {
    readonly tenant?: string;
    readonly model?: string;
    readonly path: string;
    readonly credential?: string;
    readonly user?: string;
    readonly method?: string;
    readonly headers?: unknown;
    readonly body?: Readonly<Record<string, unknown>>;
    readonly upstreams?: unknown;
    readonly spent?: unknown;
    readonly budgetService?: unknown;
    readonly webhook?: unknown;
    readonly requestsBefore?: unknown;
    readonly claims?: unknown;
    readonly answer?: unknown;
  };
  readonly expect: {
    readonly status: number;
    readonly provider?: string;
    readonly attempts?: readonly string[];
    readonly rule?: string;
  };
}

/** A request that nothing but the table decides: no trouble with the token, the body, the budget or the providers. */
function isPlain({ given }: Case): boolean {
  const troubles = [given.credential, given.user, given.method, given.upstreams, given.spent, given.budgetService];
  const more = [given.webhook, given.requestsBefore, given.claims, given.headers, given.answer];
  return (
    given.tenant !== undefined &&
    given.model !== undefined &&
    given.body === undefined &&
    [...troubles, ...more].every((each) => each === undefined)
  );
}

describe('the config tests of the example', () => {
  const all = Object.entries(files)
    .filter(([file]) => file.startsWith('routing/tests/'))
    .flatMap(([file, text]) => {
      const { spec } = parse(text) as { spec: { environments?: readonly string[]; cases: readonly Case[] } };
      return spec.cases.map((each) => ({ file, environments: spec.environments, ...each }));
    });
  const cases = all.filter(isPlain);

  it('are many that only the table decides', () => {
    expect(cases.length).toBeGreaterThan(40);
  });

  it.each(cases)('$file: $name', ({ environments, given: { tenant = '', model = '', path }, expect: expected }) => {
    const outcome = explain(analysis, { tenant, model });
    // No profile has it, so the command line asks what was meant: the gateway answers 404 all the same.
    if ('unknown' in outcome) return expect(expected.status).toBe(404);
    for (const present of presentIn(explained({ tenant, model }))) {
      if (environments !== undefined && !environments.includes(present.environment)) continue;
      const { route, refusesAll } = present;
      if (refusesAll !== null) expect(refusesAll.status).toBe(expected.status);
      else if (!isRoute(route)) expect(route?.status).toBe(expected.status);
      else if (!route.surfaces.some((surface) => surface.served && surface.path === path))
        expect([400, 404]).toContain(expected.status);
      else {
        expect(expected.status).toBe(200);
        const first = expected.provider ?? expected.attempts?.[0];
        const last = route.cases.at(-1);
        if (first !== undefined) expect(last?.branches.map(({ targets }) => targets[0]?.provider)).toContain(first);
        if (expected.rule !== undefined) expect(route.rule).toBe(expected.rule);
      }
    }
  });

  // What a provider says, a body that is no JSON and a service that is down are beyond what a rule decides.
  it('get no other refusal than those that are told', () => {
    const untold = all.flatMap(
      ({ name, environments, given: { tenant, model, path, webhook }, expect: { status } }) => {
        if (tenant === undefined || model === undefined || status < 401 || status >= 500) return [];
        const outcome = explain(analysis, { tenant, model });
        if (!('explanation' in outcome)) return status === 404 ? [] : [name];
        return presentIn(outcome.explanation).flatMap(({ environment, route, refusesAll }) => {
          if (environments !== undefined && !environments.includes(environment)) return [];
          const told = [
            ...(refusesAll === null ? [] : [refusesAll.status]),
            ...(isRoute(route) ? route.answers.map((answer) => answer.status) : [route?.status]),
          ];
          return told.includes(status) ||
            (webhook !== undefined && told.includes(null)) ||
            !path.startsWith('/v1/') ||
            status === 404
            ? []
            : [`${environment} ${name}: ${status}`];
        });
      },
    );
    expect(untold).toEqual([]);
  });
});
