import { ruleHeader } from '../../../compiler/emit/gateway/decision.ts';
import { isObject, type JsonObject } from '../../../contract/canonical.ts';
import { editAt, listIn, objectIn } from './edit.ts';

/**
 * The config without the routes that ask for another rule than this one. A request for which the gateway decides this
 * rule cannot match them, so its answer is the same; most of a config are routes, and most of a start is reading it.
 */
export function withoutOtherRules(config: JsonObject, rule: string): JsonObject {
  const narrowed = editAt(config, ['routes', '*'], (route) => (isForOthers(route, rule) ? undefined : route));
  return isObject(narrowed) ? narrowed : config;
}

function isForOthers(route: JsonObject, rule: string): boolean {
  const matches = listIn(route, 'matches').filter(isObject);
  return matches.length > 0 && matches.every((match) => asksForAnother(match, rule));
}

function asksForAnother(match: JsonObject, rule: string): boolean {
  return listIn(match, 'headers').some((header) => {
    if (!isObject(header) || header['name'] !== ruleHeader) return false;
    const { exact } = objectIn(header, 'value');
    return typeof exact === 'string' && exact !== rule;
  });
}
