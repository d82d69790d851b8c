import { isList, type Json } from '../../contract/canonical.ts';
import { type Risk, risks } from '../../contract/vocabulary.ts';
import { toUnits } from '../resolve/money.ts';
import type { Field, Movement, Order, RiskRule } from './field.ts';
import { same } from './tree.ts';

/** How a value moved, and what a list gained and lost. */
export interface Moved {
  readonly movements: readonly Movement[];
  readonly gained: readonly Json[];
  readonly lost: readonly Json[];
}

/** In which ways `before` became `after`; none where only gains and losses differ and the field is a sequence. */
export function movedOf(field: Field, before: Json | undefined, after: Json | undefined): Moved {
  const single = (movement: Movement): Moved => ({ movements: [movement], gained: [], lost: [] });
  if (before === undefined) return single('set');
  if (after === undefined) return single('unset');
  if (isList(before) && isList(after)) return listMoved(field, before, after);
  const a = field.order === undefined ? undefined : measure(field.order, before);
  const b = field.order === undefined ? undefined : measure(field.order, after);
  if (a === undefined || b === undefined || a === b) return single('changed');
  return single(a < b ? 'raised' : 'lowered');
}

function listMoved(field: Field, before: readonly Json[], after: readonly Json[]): Moved {
  const gained = after.filter((item) => !before.some((other) => same(item, other)));
  const lost = before.filter((item) => !after.some((other) => same(item, other)));
  const common = (items: readonly Json[], others: readonly Json[]) =>
    items.filter((i) => others.some((o) => same(i, o)));
  const reordered = !same(common(before, after), common(after, before));
  if (field.sequence === true) return { movements: reordered ? ['reordered'] : [], gained: [], lost: [] };
  const movements: Movement[] = [];
  if (gained.length > 0) movements.push('gained');
  if (lost.length > 0) movements.push('lost');
  if (reordered || movements.length === 0) movements.push('reordered');
  return { movements, gained, lost };
}

/** A value as something that can be less or more; undefined: it cannot. */
export function measure(order: Order, value: Json): bigint | number | string | undefined {
  if (order === 'number') return typeof value === 'number' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (order === 'decimal') return /^\d+(\.\d{1,12})?$/.test(value) ? toUnits(value) : undefined;
  if (order === 'date') return value;
  if (order === 'duration') {
    const match = /^(\d+)(ms|s)$/.exec(value);
    return match === null ? undefined : Number(match[1]) * (match[2] === 's' ? 1000 : 1);
  }
  const rank = order.indexOf(value);
  return rank === -1 ? undefined : rank;
}

/** The worst risk of all that moved. */
export function riskOf(rule: RiskRule, moved: Moved, before: Json | undefined, after: Json | undefined): Risk {
  if (typeof rule === 'string') return rule;
  const left = rule.from?.[String(before)];
  if (left !== undefined) return left;
  const word = (value: Json | undefined): Risk | undefined => {
    const found = textsIn(value).flatMap((text) => rule.words?.[text] ?? []);
    return found.length === 0 ? undefined : worst(found);
  };
  const found = moved.movements.flatMap((movement): Risk[] => {
    const general = rule[movement] ?? rule.otherwise;
    if (movement === 'gained') return moved.gained.map((item) => word(item) ?? general);
    return [(isList(after) ? undefined : word(after)) ?? general];
  });
  return worst(found);
}

/** The scalars of a value, as text: an entry that came is judged by what it brings. */
function textsIn(value: Json | undefined): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.values(value).flatMap(textsIn);
}

export function worst(found: readonly Risk[]): Risk {
  return found.reduce<Risk>((a, b) => (risks.indexOf(b) > risks.indexOf(a) ? b : a), 'safe');
}

/** `+9.09 %`: on integers, to two decimals, rounded toward zero; undefined where there is nothing to relate to. */
export function percentMoved(before: Json | undefined, after: Json | undefined): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  const a = measure('decimal', before);
  const b = measure('decimal', after);
  if (typeof a !== 'bigint' || typeof b !== 'bigint' || a === 0n) return undefined;
  const difference = b > a ? b - a : a - b;
  const hundredths = (difference * 10_000n) / a;
  const fraction = (hundredths % 100n).toString().padStart(2, '0').replace(/0+$/, '');
  const whole = (hundredths / 100n).toString();
  return `${b > a ? '+' : '−'}${fraction === '' ? whole : `${whole}.${fraction}`} %`;
}
