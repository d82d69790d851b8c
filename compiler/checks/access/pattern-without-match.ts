import type { EnvironmentCheck } from '../check.ts';
import { unmatchedPatterns } from '../tenant-patterns.ts';

export const accessPatternWithoutMatch: EnvironmentCheck = function* ({ model }) {
  for (const { pattern, tenant, at, hint } of unmatchedPatterns(model, 'allow')) {
    const message = `allow: ${pattern} matches no model of the routing profiles of tenant ${tenant}`;
    yield { code: 'access/pattern-without-match', message, at, hint };
  }
};
