import type { Origin, Path } from '../diagnostics/finding.ts';
import type { Kind, Metadata, Spec } from '../schema/kinds.ts';

/** One file's resource after its schema: typed, defaults filled in. */
export interface Resource<K extends Kind> {
  readonly kind: K;
  readonly name: string;
  readonly file: string;
  readonly metadata: Metadata<K>;
  readonly spec: Spec<K>;
}

/** All resources of a tree, of all environments. */
export interface Resources {
  readonly project: Resource<'Project'> | undefined;
  readonly tiers: Resource<'Tiers'> | undefined;
  readonly federation: Resource<'Federation'> | undefined;
  readonly tenants: ReadonlyMap<string, Resource<'Tenant'>>;
  readonly providers: ReadonlyMap<string, Resource<'Provider'>>;
  readonly profiles: ReadonlyMap<string, Resource<'RoutingProfile'>>;
  readonly guardrails: ReadonlyMap<string, Resource<'Guardrail'>>;
  readonly configTests: ReadonlyMap<string, Resource<'ConfigTest'>>;
  readonly priceLists: ReadonlyMap<string, Resource<'PriceList'>>;
  readonly environments: ReadonlyMap<string, Resource<'Environment'>>;
  /** Names that a file declares, also where its content is broken: a reference to them is no second finding. */
  readonly declared: Readonly<Record<Kind, ReadonlySet<string>>>;
  /** Kinds of which a folder could not be listed: there may be resources that nobody knows. */
  readonly unlisted: ReadonlySet<Kind>;
  /** Every file became a resource. */
  readonly complete: boolean;
  /** Complete, and no reference leads nowhere. Otherwise what is missing proves nothing, and checks of absence keep quiet. */
  readonly sound: boolean;
}

export function at(resource: Resource<Kind>, ...path: Path): Origin {
  return { file: resource.file, path };
}

/** Points at the key instead of its value. */
export function atKey(resource: Resource<Kind>, ...path: Path): Origin {
  return { file: resource.file, path, key: true };
}
