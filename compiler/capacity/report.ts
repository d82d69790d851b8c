import type { Report } from '../diagnostics/finding.ts';
import { isAbove, isTight, shareText, type Use } from './use.ts';

/** Refused here, before AWS or the gateway refuses it in the middle of a deploy. */
export function* capacityReports(uses: readonly Use[]): Iterable<Report> {
  for (const use of uses) {
    const { whose, what, at, hint } = use;
    const taken = `${whose} has ${shareText(use, 'of at most')} ${what}`;
    if (isAbove(use)) yield { code: 'limits/capacity', message: `${taken}: a deploy would be refused`, at, hint };
    else if (isTight(use)) yield { code: 'limits/headroom', message: `${taken}: little is left to grow`, at, hint };
  }
}
