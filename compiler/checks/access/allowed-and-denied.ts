import type { ResolvedModel } from '../../resolve/model.ts';
import { matchesPattern } from '../../resolve/pattern.ts';
import { at } from '../../resolve/resources.ts';
import { refusalOf } from '../../table/permission.ts';
import type { EnvironmentCheck } from '../check.ts';
import { profilesOf } from '../tenant-patterns.ts';

/** A deny beats every allow: who writes both meant one of them. */
export const accessAllowedAndDenied: EnvironmentCheck = function* ({ model }) {
  if (!model.resources.sound) return;
  for (const { name, resource } of model.tenants) {
    const { allow = [], deny = [] } = resource.spec.models;
    if (allow.length === 0 || deny.length === 0) continue;
    const routed = profilesOf(model, resource).flatMap(({ models }) => models);
    for (const [index, pattern] of allow.entries()) {
      const denial = denialOfAll(pattern, routed, deny);
      if (denial === undefined) continue;
      yield {
        code: 'access/allowed-and-denied',
        message: `tenant ${name} allows ${pattern}, but denies all that it matches: deny wins`,
        at: at(resource, 'spec', 'models', 'allow', index),
        hint: 'remove one of the two',
        related: [{ message: 'what denies it', at: at(resource, 'spec', 'models', 'deny', deny.indexOf(denial)) }],
      };
    }
  }
};

/** A pattern that denies where the deny list takes every name that `pattern` matches; undefined where one is left. */
function denialOfAll(pattern: string, models: readonly ResolvedModel[], deny: readonly string[]): string | undefined {
  let denial: string | undefined;
  for (const routed of models) {
    for (const name of routed.publicNames) {
      if (!matchesPattern(pattern, name)) continue;
      const refusal = refusalOf(routed, name, undefined, deny);
      if (refusal === undefined || refusal === 'not-allowed') return undefined;
      denial ??= refusal.deniedBy;
    }
  }
  return denial;
}
