import type { Strength } from '../../../contract/artifacts/enforcement.ts';
import type { Enforcement } from '../explanation.ts';
import { type Node, node, type Role } from './branch.ts';

export function listed(items: readonly string[]): string {
  return items.join(', ');
}

const strengthRole: Readonly<Record<Strength, Role>> = {
  hard: 'good',
  'next-request': 'good',
  advisory: 'warn',
  none: 'bad',
};

/** How strongly something is enforced; in detail also how far it may be overshot. */
export function enforcementNodes(enforcement: Enforcement | null, detail: boolean): Node[] {
  if (enforcement === null) return [];
  const { strength, mechanism, overshoot, outage } = enforcement;
  const more = [
    ...(strength === 'none' ? [] : [node('overshoot', overshoot, { role: 'dim' })]),
    ...(outage === null ? [] : [node('outage', outage, { role: 'dim' })]),
  ];
  return [
    node(
      'enforced',
      mechanism.startsWith('not enforced') ? mechanism.replace('not enforced', 'not') : `${strength}: ${mechanism}`,
      { role: strengthRole[strength] },
    ),
    ...(detail ? more : []),
  ];
}
