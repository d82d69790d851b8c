import type { Origin, Path } from '../diagnostics/finding.ts';
import { ancestry } from '../resolve/profile.ts';
import { at, type Resource, type Resources } from '../resolve/resources.ts';
import { branchesOf, type FallbackSpec, type ModelSpec } from '../schema/strategy.ts';

type Profile = Resource<'RoutingProfile'>;

/** A model as a profile writes it. */
export interface WrittenModel {
  readonly name: string;
  readonly spec: ModelSpec;
  /** The profile in which it is written. */
  readonly owner: Profile;
}

export function* writtenModels({ profiles }: Pick<Resources, 'profiles'>): Iterable<WrittenModel> {
  for (const owner of profiles.values()) {
    for (const [name, spec] of Object.entries(owner.spec.models)) yield { name, spec, owner };
  }
}

/** Own and inherited models of a profile, by name. */
export function modelsOf(profile: Profile, resources: Resources): ReadonlyMap<string, WrittenModel> {
  const models = new Map<string, WrittenModel>();
  for (const owner of ancestry(profile, resources).chain.toReversed()) {
    for (const [name, spec] of Object.entries(owner.spec.models)) models.set(name, { name, spec, owner });
  }
  return models;
}

export interface WrittenFallback {
  readonly fallback: FallbackSpec;
  /** The place of something in it. */
  at(...path: Path): Origin;
}

export function fallbacksOf({ name, spec, owner }: WrittenModel): readonly WrittenFallback[] {
  return branchesOf(spec).flatMap(({ path, fallback }): WrittenFallback[] =>
    fallback === undefined
      ? []
      : [{ fallback, at: (...below) => at(owner, 'spec', 'models', name, ...path, 'fallback', ...below) }],
  );
}
