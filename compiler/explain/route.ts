import type { RouteCase } from '../../contract/artifacts/decision-table.ts';
import type { Json } from '../../contract/canonical.ts';
import { guardrailGaps } from '../resolve/guardrail-gaps.ts';
import {
  type ResolvedBranch,
  type ResolvedCase,
  type ResolvedModel,
  type ResolvedProfile,
  targetsOf,
} from '../resolve/model.ts';
import { isWildcard } from '../resolve/pattern.ts';
import { ancestry } from '../resolve/profile.ts';
import { at } from '../resolve/resources.ts';
import { casesWithin, type NamedRule, routeTypesOf } from '../table/rule.ts';
import { surfaces } from '../table/surfaces.ts';
import { answersOf } from './answers.ts';
import { decisionOn, isRefusal, profileNamed } from './models.ts';
import { elsewhere } from './names.ts';
import type { Branch, Refusal, Route } from './route-schema.ts';
import type { Subject } from './subject.ts';
import { targetOf } from './targets.ts';

/** The way of a request that names `asked`, or why there is none. */
export function routeOf(subject: Subject, asked: string): Route | Refusal {
  const { profile } = subject;
  const routed = profile?.models.find(({ publicNames }) => publicNames.includes(asked));
  if (profile === undefined || routed === undefined) return elsewhere(subject, asked);
  const decision = decisionOn(subject, profile, routed, asked);
  return isRefusal(decision) ? decision : routeBy(subject, profile, routed, decision, asked);
}

function routeBy(
  subject: Subject,
  profile: ResolvedProfile,
  routed: ResolvedModel,
  named: NamedRule,
  asked: string,
): Route {
  const { model, tenant, places, question } = subject;
  const { rule } = named;
  const within = casesWithin(model, routed, tenant.residency);
  const publicModel = isWildcard(routed.name) ? asked : routed.name;
  const route: Omit<Route, 'answers'> = {
    asked,
    model: publicModel,
    rule: named.id,
    profile: profileNamed(subject, routed),
    place: places.of(routed.origin),
    surfaces: surfacesOf(subject, routed, within, rule.surfaces),
    asksForPath: question.path === undefined ? null : rule.surfaces.includes(question.path),
    parameters: parametersOf(subject, routed),
    promptCaching: cachingOf(subject, profile),
    timeouts: timeoutsOf(subject, profile),
    cases: within.map((each, index) => caseOf(subject, routed, each, rule.cases[index])),
    removed: removedFrom(subject, routed, within),
    guardrails: guardsOf(subject, rule.guardrails),
    ledger: { tenant: tenant.name, model: publicModel, costCenter: tenant.resource.metadata.costCenter },
  };
  return { ...route, answers: answersOf(subject, route) };
}

function surfacesOf(
  { model }: Subject,
  routed: ResolvedModel,
  within: readonly ResolvedCase[],
  served: readonly string[],
): Route['surfaces'] {
  return Object.entries(surfaces).map(([path, { format, routeType }]) => {
    const cannot = targetsOf({ cases: within }).filter((target) =>
      routeTypesOf(model, routed, target).some((types) => !types.includes(routeType)),
    );
    const names = cannot.map((target) =>
      target.model === undefined ? target.provider : `${target.provider} ${target.model}`,
    );
    return { path, format, served: served.includes(path), because: [...new Set(names)] };
  });
}

function parametersOf({ places }: Subject, { parameters, origin }: ResolvedModel): Route['parameters'] {
  const of = (kind: 'default' | 'override', values: Readonly<Record<string, Json>>) =>
    Object.entries(values).map(([name, value]) => ({
      name,
      kind,
      value: value as Route['parameters'][number]['value'],
      place: places.of({ file: origin.file, path: [...origin.path, 'parameters', `${kind}s`, name] }),
    }));
  return [...of('default', parameters.defaults), ...of('override', parameters.overrides)];
}

function cachingOf({ model, places }: Subject, { resource, promptCaching }: ResolvedProfile): Route['promptCaching'] {
  if (promptCaching === undefined) return null;
  const { chain } = ancestry(resource, model.resources);
  const decidedBy = chain.find(({ spec }) => spec.promptCaching === promptCaching) ?? resource;
  return { ...promptCaching, place: places.of(at(decidedBy, 'spec', 'promptCaching')) };
}

function timeoutsOf({ places }: Subject, { timeouts, resource }: ResolvedProfile): Route['timeouts'] {
  const origin = (name: string) => at(timeouts.decidedBy ?? resource, 'spec', 'timeouts', name);
  return {
    request: places.decided(timeouts.request, origin('request')),
    attempt: places.decided(timeouts.attempt, origin('attempt')),
  };
}

function caseOf(
  subject: Subject,
  routed: ResolvedModel,
  resolved: ResolvedCase,
  ruled: RouteCase | undefined,
): Route['cases'][number] {
  const total = resolved.branches.reduce((sum, { weight }) => sum + weight, 0);
  return {
    when: ruled?.when ?? null,
    place: subject.places.of(resolved.origin),
    branches: resolved.branches.map((branch, index) => ({
      percent: Math.round((branch.weight * 1000) / total) / 10,
      targets: branch.targets.flatMap((target) => targetOf(subject, routed, target)),
      failover: failoverOf(subject, branch, ruled, index),
    })),
  };
}

/** The rule says what happens; the profile only where it stands. */
function failoverOf(
  { places }: Subject,
  branch: ResolvedBranch,
  ruled: RouteCase | undefined,
  index: number,
): Branch['failover'] {
  const unhealthy = ruled?.branches[index]?.unhealthy ?? null;
  const retry = ruled?.retry ?? null;
  const [first] = branch.targets;
  if (unhealthy === null || retry === null || first === undefined) return null;
  const base = first.origin.path.slice(0, -2);
  const decided = <T>(value: T, name: string) =>
    places.decided(value, { file: first.origin.file, path: [...base, name] });
  return {
    statuses: decided([...unhealthy.statuses], 'on'),
    retries: decided(retry.retries, 'retries'),
    backoff: decided(retry.backoff, 'backoff'),
    cooldown: decided(unhealthy.cooldown, 'cooldown'),
  };
}

function removedFrom(
  { model, places }: Subject,
  routed: ResolvedModel,
  within: readonly ResolvedCase[],
): Route['removed'] {
  const kept = new Set(targetsOf({ cases: within }));
  return targetsOf(routed)
    .filter((target) => !kept.has(target))
    .map((target) => ({
      provider: target.provider,
      model: target.model ?? null,
      residency: model.resources.providers.get(target.provider)?.spec.residency ?? 'unknown',
      place: places.of(target.origin),
    }));
}

function guardsOf({ model, places }: Subject, names: readonly string[]): Route['guardrails'] {
  return names.flatMap((name) => {
    const guardrail = model.resources.guardrails.get(name);
    if (guardrail === undefined) return [];
    const { mode, phases, rejection, webhook } = guardrail.spec;
    return [
      {
        name,
        mode,
        phases: [...phases],
        rejects: rejection.status,
        asksWebhook: webhook !== undefined,
        gaps: guardrailGaps(guardrail.spec),
        place: places.of(at(guardrail, 'spec')),
      },
    ];
  });
}
