import type { Result, Verdict } from '../runner.ts';

/** Why a result is not simply passed: mistakes and disagreements first, then what each engine says. */
export function reasonsOf({ problems, verdicts }: Result): string[] {
  return [...problems, ...verdicts.flatMap(reasonsOfVerdict)];
}

function reasonsOfVerdict(verdict: Verdict): string[] {
  switch (verdict.kind) {
    case 'passed':
      return [];
    case 'failed':
      return verdict.differences.map((difference) => `${verdict.engine}: ${difference}`);
    case 'not-run':
      return [`${verdict.engine}: not run: ${verdict.reason}`];
  }
}
