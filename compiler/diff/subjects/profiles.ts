import type { Analysis } from '../../analysis.ts';
import type { Origin, Path } from '../../diagnostics/finding.ts';
import type {
  ResolvedBranch,
  ResolvedCase,
  ResolvedModel,
  ResolvedProfile,
  ResolvedTarget,
} from '../../resolve/model.ts';
import { at } from '../../resolve/resources.ts';
import type { Change } from '../change.ts';
import { changesOf, namesOf, type Sides, type Subject } from '../subject.ts';
import { same, treeOf } from '../tree.ts';

/** Parts of a profile that are compared: what it inherits in the same way as before is told by the profile it extends. */
interface Scope {
  readonly timeouts: boolean;
  readonly promptCaching: boolean;
  readonly models: (name: string) => boolean;
}

/** Profiles are the same in every environment. */
export function* profileChanges(sides: Sides): Iterable<Change> {
  const before = profilesOf(sides.before);
  const after = profilesOf(sides.after);
  for (const name of namesOf(before, after)) {
    const scope = scopeOf(name, before, after);
    const subject = (profile: ResolvedProfile | undefined) => profile && subjectOf(profile, scope);
    yield* changesOf(sides, subject(before.get(name)), subject(after.get(name)), sides.environments);
  }
}

type Profiles = ReadonlyMap<string, ResolvedProfile>;

function profilesOf({ environments }: Analysis): Profiles {
  return environments[0]?.model.profiles ?? new Map();
}

function scopeOf(name: string, before: Profiles, after: Profiles): Scope {
  const own = [before.get(name), after.get(name)].flatMap((profile) => profile?.resource.spec ?? []);
  const inheritsAsBefore = own.length === 2 && same(chainOf(name, before), chainOf(name, after));
  const models = new Set(own.flatMap((spec) => Object.keys(spec.models)));
  return {
    timeouts: !inheritsAsBefore || own.some((spec) => spec.timeouts !== undefined),
    promptCaching: !inheritsAsBefore || own.some((spec) => spec.promptCaching !== undefined),
    models: (model) => !inheritsAsBefore || models.has(model),
  };
}

/** The profiles that a profile extends, nearest first; ends where they run in a circle. */
function chainOf(name: string, profiles: Profiles): string[] {
  const chain: string[] = [];
  let next = profiles.get(name)?.resource.spec.extends;
  while (next !== undefined && !chain.includes(next)) {
    chain.push(next);
    next = profiles.get(next)?.resource.spec.extends;
  }
  return chain;
}

function subjectOf(profile: ResolvedProfile, scope: Scope): Subject {
  const models = profile.models.filter(({ name }) => scope.models(name));
  const byName = new Map(models.map((model) => [model.name, model]));
  const { request, attempt } = profile.timeouts;
  return {
    kind: 'profile',
    name: profile.name,
    tree: treeOf({
      spec: {
        extends: profile.resource.spec.extends,
        timeouts: scope.timeouts ? { request, attempt } : undefined,
        promptCaching: scope.promptCaching ? profile.promptCaching : undefined,
        models: Object.fromEntries(models.map((model) => [model.name, modelValue(model)])),
      },
    }),
    origin: ([root, part, name, ...rest]) => {
      const model = part === 'models' && name !== undefined ? byName.get(name) : undefined;
      if (model !== undefined) return modelOrigin(model, rest);
      return at(profile.resource, ...[root, part, name, ...rest].filter((key) => key !== undefined));
    },
  };
}

function modelValue(model: ResolvedModel): unknown {
  const names = model.publicNames.filter((name) => name !== model.name);
  const [only, ...more] = model.cases;
  if (only !== undefined && more.length === 0) return { names, parameters: model.parameters, ...splitValue(only) };
  const cases = model.cases.map((c, index) => [String(index + 1), { when: whenText(c.when), ...splitValue(c) }]);
  return { names, parameters: model.parameters, cases: Object.fromEntries(cases) };
}

function whenText(when: ResolvedCase['when']): string {
  return when === undefined ? 'otherwise' : JSON.stringify(when);
}

/** The first branch is the case's own; a split has further ones. */
function splitValue({ branches: [first, ...others] }: ResolvedCase): Record<string, unknown> {
  const split = others.map((branch, index) => [String(index + 2), branchValue(branch, true)]);
  return {
    ...(first && branchValue(first, others.length > 0)),
    ...(split.length === 0 ? {} : { split: Object.fromEntries(split) }),
  };
}

function branchValue({ weight, targets, failover }: ResolvedBranch, isSplit: boolean): Record<string, unknown> {
  return {
    targets: targets.map(targetText),
    ...(isSplit ? { share: weight } : {}),
    ...(failover && { failover: { ...failover, statuses: undefined, on: failover.statuses } }),
  };
}

/** `bedrock-us/us.anthropic.…`, or the provider alone where the client's name goes upstream. */
export function targetText({ provider, model }: Pick<ResolvedTarget, 'provider' | 'model'>): string {
  return model === undefined ? provider : `${provider}/${model}`;
}

const strategies: ReadonlySet<string> = new Set(['targets', 'failover', 'share']);

function modelOrigin(model: ResolvedModel, path: Path): Origin {
  if (path.length === 0) return model.origin;
  const { file, path: base } = model.origin;
  if (path[0] === 'names') return { file, path: [...base, 'aliases'] };
  if (path[0] === 'parameters') return { file, path: [...base, ...path] };
  const isCase = path[0] === 'cases';
  const routeCase = model.cases[isCase ? Number(path[1]) - 1 : 0];
  return routeCase === undefined ? model.origin : caseOrigin(routeCase, isCase ? path.slice(2) : path);
}

function caseOrigin(routeCase: ResolvedCase, path: Path): Origin {
  const isSplit = path[0] === 'split';
  const branch = routeCase.branches[isSplit ? Number(path[1]) - 1 : 0];
  const [part, ...rest] = isSplit ? path.slice(2) : path;
  const target = branch?.targets[0]?.origin;
  if (target === undefined || (part !== undefined && !strategies.has(String(part)))) return routeCase.origin;
  const { file } = target;
  const strategy = target.path.at(-2) === 'targets' ? target.path.slice(0, -2) : target.path;
  if (part === 'share') return { file, path: [...strategy.slice(0, -1), 'share'] };
  return { file, path: part === 'targets' || part === undefined ? strategy : [...strategy, ...rest] };
}
