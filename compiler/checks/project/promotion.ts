import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

export const projectPromotion: TreeCheck = function* ({ resources: { project, environments } }) {
  const promotion = project?.spec.promotion ?? [];
  for (const [index, name] of promotion.entries()) {
    if (project === undefined) return;
    const where = at(project, 'spec', 'promotion', index);
    if (promotion.indexOf(name) !== index) {
      yield {
        code: 'project/promotion',
        message: `environment ${name} is promoted twice`,
        at: where,
        hint: 'remove one',
      };
    }
    const tried = promotion.slice(index + 1).find((later) => environments.get(later)?.spec.class === 'dev');
    if (tried !== undefined && environments.get(name)?.spec.class === 'prod') {
      yield {
        code: 'project/promotion',
        message: `environment ${name} of class prod is deployed before ${tried} of class dev: what is wrong would show in prod first`,
        at: where,
        hint: `promote ${tried} first`,
      };
    }
    if (environments.get(name)?.spec.class === 'local') {
      const message = `environment ${name} is of class local: it lives on a laptop and no merge can deploy it`;
      yield { code: 'project/promotion', message, at: where, hint: 'remove it from promotion' };
    }
  }
};
