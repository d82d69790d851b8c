import type { ResolvedModel } from '../resolve/model.ts';
import { isWildcard, matchesPattern } from '../resolve/pattern.ts';

/** Why a tenant may not send a name: the pattern that denies one of the model's names, or that none of them is allowed. */
export type Refusal = { readonly deniedBy: string; readonly as: string } | 'not-allowed';

type Named = Pick<ResolvedModel, 'name' | 'publicNames'>;

/**
 * The names of a model that a tenant may send. An alias is another name of the same model: denying or allowing one of
 * a model's names denies or allows the model. A wildcard is no model but stands for many: those are judged one by one.
 */
export function permittedNames(
  routed: Named,
  allow: readonly string[] | undefined,
  deny: readonly string[],
): readonly string[] {
  const permitted = (name: string) => refusalOf(routed, name, allow, deny) === undefined;
  if (isWildcard(routed.name)) return routed.publicNames.filter(permitted);
  return permitted(routed.name) ? routed.publicNames : [];
}

/** undefined: the tenant may send this name of the model. */
export function refusalOf(
  routed: Named,
  name: string,
  allow: readonly string[] | undefined,
  deny: readonly string[],
): Refusal | undefined {
  const names = isWildcard(routed.name) ? [name] : routed.publicNames;
  for (const deniedBy of deny) {
    const as = names.find((n) => matchesPattern(deniedBy, n));
    if (as !== undefined) return { deniedBy, as };
  }
  const allowed = allow === undefined || names.some((n) => allow.some((pattern) => matchesPattern(pattern, n)));
  return allowed ? undefined : 'not-allowed';
}
