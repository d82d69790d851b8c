import { codes, isCode, isLocked } from '../../diagnostics/codes.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const projectUnknownCode: TreeCheck = function* ({ resources: { project } }) {
  for (const code of Object.keys(project?.spec.checks ?? {})) {
    if (project === undefined) return;
    const where = atKey(project, 'spec', 'checks', code);
    if (!isCode(code)) {
      yield {
        code: 'project/unknown-code',
        message: `there is no check with the code ${JSON.stringify(code)}`,
        at: where,
        hint: didYouMean(code, Object.keys(codes)) ?? 'codes are printed with every finding',
      };
    } else if (isLocked(code)) {
      const message = `the severity of ${code} cannot be changed: artifacts that break it would be incomplete, wrong or unsafe`;
      yield { code: 'project/unknown-code', message, at: where, hint: 'remove this line' };
    }
  }
};
