import type { Path } from '../diagnostics/finding.ts';
import type { Spec } from './kinds.ts';

export type ModelSpec = Spec<'RoutingProfile'>['models'][string];
export type TargetSpec = NonNullable<ModelSpec['single']>;
export type FallbackSpec = NonNullable<ModelSpec['fallback']>;
export type When = NonNullable<NonNullable<ModelSpec['conditional']>[number]['when']>;

/** One way through a model: a single target or a fallback. `path` leads to what holds it, below the model. */
export interface BranchSpec {
  readonly path: Path;
  readonly share: number;
  readonly single: TargetSpec | undefined;
  readonly fallback: FallbackSpec | undefined;
}

/** Branches under one condition; without one they are all there is, or the last case. */
export interface CaseSpec {
  readonly path: Path;
  readonly when: When | undefined;
  readonly branches: readonly BranchSpec[];
}

/** Every strategy in its general form: single and fallback are one case with one branch, weighted one with several. */
export function casesOf(model: ModelSpec): readonly CaseSpec[] {
  if (model.conditional === undefined) return [{ path: [], when: undefined, branches: split(model, []) }];
  return model.conditional.map((c, index) => {
    const path = ['conditional', index];
    return { path, when: c.when, branches: split(c, path) };
  });
}

function split(holder: Pick<ModelSpec, 'single' | 'fallback' | 'weighted'>, path: Path): readonly BranchSpec[] {
  if (holder.weighted === undefined) return [{ path, share: 1, single: holder.single, fallback: holder.fallback }];
  return holder.weighted.map((branch, index) => ({
    path: [...path, 'weighted', index],
    share: branch.share,
    single: branch.single,
    fallback: branch.fallback,
  }));
}

export function branchesOf(model: ModelSpec): readonly BranchSpec[] {
  return casesOf(model).flatMap(({ branches }) => branches);
}

/** Each target with its path below the model. */
export function targetsOf(model: ModelSpec): readonly (readonly [Path, TargetSpec])[] {
  return branchesOf(model).flatMap(targetsOfBranch);
}

export function targetsOfBranch({ path, single, fallback }: BranchSpec): readonly (readonly [Path, TargetSpec])[] {
  return [
    ...(single === undefined ? [] : [[[...path, 'single'], single] as const]),
    ...(fallback?.targets ?? []).map((target, index) => [[...path, 'fallback', 'targets', index], target] as const),
  ];
}
