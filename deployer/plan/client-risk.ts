import type { AppClientSettings } from '../../contract/artifacts/cognito-clients.ts';
import { canonicalText, type Json, type JsonObject, sortedKeys } from '../../contract/canonical.ts';
import { type Risk, risks } from '../../contract/vocabulary.ts';

export interface Judgement {
  readonly risk: Risk;
  readonly reason: string;
}

export interface SettingsChange {
  /** Only the settings that change. */
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly judgements: readonly Judgement[];
}

/** Each changed setting has exactly one judgement; the worst is the action's risk. */
export function settingsChange(before: AppClientSettings, after: AppClientSettings): SettingsChange {
  const changed = sortedKeys(after).filter((name) => canonicalText(before[name]) !== canonicalText(after[name]));
  const pick = (settings: AppClientSettings): JsonObject =>
    Object.fromEntries(changed.map((name) => [name, settings[name] as Json]));
  return {
    before: pick(before),
    after: pick(after),
    judgements: changed.map((name) => judge(name, before[name], after[name])),
  };
}

export function worst(judgements: readonly Judgement[]): Risk {
  const index = Math.max(0, ...judgements.map(({ risk }) => risks.indexOf(risk)));
  return risks[index] ?? 'dangerous';
}

function judge(name: keyof AppClientSettings, before: Json, after: Json): Judgement {
  if (typeof before === 'number' && typeof after === 'number' && name.endsWith('TokenValidity')) {
    const shorter = after < before;
    return {
      risk: shorter ? 'caution' : 'safe',
      reason: `${name} ${shorter ? 'shortened' : 'lengthened'} from ${before} to ${after}`,
    };
  }
  if (Array.isArray(before) && Array.isArray(after))
    return { risk: 'caution', reason: listReason(name, before, after) };
  return { risk: 'caution', reason: `${name} changed` };
}

/** Less may break who uses the client, more may do what it could not do before: both are to be looked at. */
function listReason(name: string, before: readonly Json[], after: readonly Json[]): string {
  const lost = before.filter((each) => !after.includes(each)).map((each) => `loses ${String(each)}`);
  const gained = after.filter((each) => !before.includes(each)).map((each) => `gains ${String(each)}`);
  return `${name} ${[...lost, ...gained].join(', ') || 'reordered'}`;
}
