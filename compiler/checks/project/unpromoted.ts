import { atKey } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const projectUnpromoted: TreeCheck = function* ({ resources: { project, environments } }) {
  if (project === undefined) return;
  for (const environment of environments.values()) {
    if (environment.spec.class === 'local' || project.spec.promotion.includes(environment.name)) continue;
    yield {
      code: 'project/unpromoted',
      message: `a merge does not deploy environment ${environment.name}: promotion does not name it`,
      at: atKey(project, 'spec', 'promotion'),
      hint: `add ${environment.name} to promotion, or deploy it by hand`,
    };
  }
};
