import type { Rule } from '../../contract/artifacts/decision-table.ts';
import { type ResolvedModel, type ResolvedProfile, targetsOf } from '../resolve/model.ts';
import { isWildcard, matchesPattern } from '../resolve/pattern.ts';
import { at, atKey } from '../resolve/resources.ts';
import { denialAnswers } from '../table/answers.ts';
import { type Refusal as NotPermitted, refusalOf } from '../table/permission.ts';
import { type NamedRule, ruleOf } from '../table/rule.ts';
import type { Callable, Present, Withheld } from './explanation.ts';
import type { Refusal } from './route-schema.ts';
import type { Subject } from './subject.ts';

/** Every model of the tenant's profile: which names it may call, and of the others why not. */
export function modelsOf(subject: Subject): NonNullable<Present['models']> {
  const { profile } = subject;
  if (profile === undefined) return { callable: [], withheld: [] };
  const judged = profile.models.map((routed) => judge(subject, profile, routed));
  return {
    callable: judged.flatMap(({ callable }) => callable ?? []),
    withheld: judged.flatMap(({ withheld }) => withheld),
  };
}

/** The rule that a name leads to, or why it leads to none. */
export function decisionOn(subject: Subject, profile: ResolvedProfile, routed: ResolvedModel, name: string) {
  const { allow, deny } = subject.tenant.resource.spec.models;
  const refused = refusalOf(routed, name, allow, deny ?? []);
  if (refused !== undefined) return notPermitted(subject, refused);
  const named = ruleOf(subject.model, profile, routed, variantOf(subject));
  if (named === undefined) return noTargetLeft(subject, routed);
  return served(subject, routed, named);
}

export function isRefusal(decision: NamedRule | Refusal): decision is Refusal {
  return 'reason' in decision;
}

function variantOf({ tenant }: Subject) {
  return { guardrails: tenant.guardrails, residency: tenant.residency && [...tenant.residency].sort() };
}

interface Judged {
  readonly callable: Callable | undefined;
  readonly withheld: readonly Withheld[];
}

/** An alias shares the fate of its model; the names of a wildcard have one each. */
function judge(subject: Subject, profile: ResolvedProfile, routed: ResolvedModel): Judged {
  if (!isWildcard(routed.name)) {
    const others = routed.publicNames.filter((name) => name !== routed.name);
    const decision = decisionOn(subject, profile, routed, routed.name);
    return isRefusal(decision)
      ? { callable: undefined, withheld: [{ ...decision, name: routed.name, others }] }
      : { callable: callable(subject, routed, others, decision), withheld: [] };
  }
  const decisions = routed.publicNames.map((name) => ({ name, decision: decisionOn(subject, profile, routed, name) }));
  const rules = decisions.flatMap(({ name, decision }) => (isRefusal(decision) ? [] : [{ name, decision }]));
  const [first] = rules;
  return {
    callable:
      first === undefined
        ? undefined
        : callable(
            subject,
            routed,
            rules.map(({ name }) => name),
            first.decision,
          ),
    withheld: [
      ...decisions.flatMap(({ name, decision }) => (isRefusal(decision) ? [{ ...decision, name, others: [] }] : [])),
      ...unexpanded(subject, routed),
    ],
  };
}

function callable(subject: Subject, routed: ResolvedModel, others: readonly string[], named: NamedRule): Callable {
  const { rule } = named;
  return {
    name: routed.name,
    others: [...others],
    rule: named.id,
    profile: profileNamed(subject, routed),
    strategy: strategyOf(rule),
    targets: [...new Set(targetsOf(rule).map(({ provider }) => provider))],
    surfaces: [...rule.surfaces],
    place: subject.places.of(routed.origin),
  };
}

/** The profile whose file names the model. */
export function profileNamed({ model, tenant }: Subject, { origin }: ResolvedModel): string {
  const found = [...model.resources.profiles.values()].find(({ file }) => file === origin.file);
  return found?.name ?? tenant.routing;
}

function strategyOf({ cases }: Rule): Callable['strategy'] {
  const [first] = cases;
  if (cases.length > 1) return 'conditional';
  if (first !== undefined && first.branches.length > 1) return 'weighted';
  return first?.branches[0]?.targets.length === 1 ? 'single' : 'fallback';
}

function notPermitted({ tenant, places }: Subject, refused: NotPermitted): Refusal {
  const { resource } = tenant;
  const unavailable = denialAnswers.model;
  if (refused === 'not-allowed') {
    const sentence = 'no pattern of allow matches it';
    return {
      reason: 'not-allowed',
      ...unavailable,
      sentence,
      place: places.of(atKey(resource, 'spec', 'models', 'allow')),
    };
  }
  const { deniedBy, as } = refused;
  const index = resource.spec.models.deny?.indexOf(deniedBy) ?? 0;
  const sentence = deniedBy === as ? `denied by ${deniedBy}` : `denied by ${deniedBy}, which matches ${as}`;
  return {
    reason: 'denied',
    ...unavailable,
    sentence,
    place: places.of(at(resource, 'spec', 'models', 'deny', index)),
  };
}

function noTargetLeft({ tenant, places }: Subject, routed: ResolvedModel): Refusal {
  const where = (tenant.residency ?? []).join(', ');
  const left = routed.cases.length > 1 ? 'its last case keeps no target' : 'none of its targets is';
  return {
    reason: 'residency',
    ...denialAnswers.model,
    sentence: `residency is ${where}: ${left} there`,
    place: places.of(at(tenant.resource, 'spec', 'residency')),
  };
}

function served({ places, question }: Subject, routed: ResolvedModel, named: NamedRule): NamedRule | Refusal {
  const { surfaces } = named.rule;
  const refusal = (reason: 'no-surface' | 'path', sentence: string): Refusal => ({
    reason,
    ...denialAnswers.unsupported,
    sentence,
    place: places.of(routed.origin),
  });
  if (surfaces.length === 0) return refusal('no-surface', 'there is no path that all its targets can serve');
  if (question.path === undefined || question.model !== undefined || surfaces.includes(question.path)) return named;
  return refusal('path', `not all its targets can serve ${question.path}`);
}

/** Names that a wildcard would stand for if they were sold on the day. */
function unexpanded({ model, places }: Subject, routed: ResolvedModel): Withheld[] {
  const provider = routed.cases[0]?.branches[0]?.targets[0]?.provider ?? '';
  const list = model.resources.priceLists.get(model.resources.providers.get(provider)?.spec.prices ?? '');
  if (list === undefined) return [];
  return Object.entries(list.spec.models).flatMap(([name, { retiresOn }]): Withheld[] => {
    if (!matchesPattern(routed.name, name) || routed.publicNames.includes(name)) return [];
    const base = ['spec', 'models', name];
    const common = { ...denialAnswers.model, name, others: [] };
    if (retiresOn !== undefined && retiresOn <= model.date) {
      const sentence = `retired by its provider on ${retiresOn}`;
      return [{ ...common, reason: 'retired', sentence, place: places.of(atKey(list, ...base, 'retiresOn')) }];
    }
    const sentence = `has no price on ${model.date}`;
    return [{ ...common, reason: 'no-price', sentence, place: places.of(atKey(list, ...base)) }];
  });
}
