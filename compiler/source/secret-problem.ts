import type { FoundSecret } from '../diagnostics/secret.ts';
import type { Span } from './marks.ts';
import type { Problem } from './problem.ts';

export function secretProblem({ what }: Pick<FoundSecret, 'what'>, span: Span): Problem {
  return {
    code: 'security/secret-value',
    message: `this looks like ${what}: it stays in the git history, also when it is deleted here`,
    span,
    hint: 'revoke it, put a new one into the secret store and name that here; write EXAMPLE into one that is made up',
  };
}
