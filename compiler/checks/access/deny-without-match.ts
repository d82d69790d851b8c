import type { EnvironmentCheck } from '../check.ts';
import { unmatchedPatterns } from '../tenant-patterns.ts';

/** An allow pattern with a typo gives too little and is noticed; a deny pattern with a typo gives too much and is not. */
export const accessDenyWithoutMatch: EnvironmentCheck = function* ({ model }) {
  for (const { pattern, tenant, at, hint } of unmatchedPatterns(model, 'deny')) {
    const message = `deny: ${pattern} matches no model of the routing profiles of tenant ${tenant}, so it denies nothing`;
    yield { code: 'access/deny-without-match', message, at, hint };
  }
};
