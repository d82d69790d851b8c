import { at } from '../../resolve/resources.ts';
import type { TreeCheck } from '../check.ts';

const production = new Set(['prod', 'production', 'prd', 'live']);

/** Words that make a name say the opposite: `non-prod`, `prod-like`, `live-test`. */
const elsewhere = new Set([
  'non',
  'no',
  'not',
  'pre',
  'dev',
  'test',
  'stage',
  'staging',
  'sandbox',
  'demo',
  'like',
  'local',
  'preview',
]);

/** Everything that is asked of prod hangs on its class: one word in a file would switch all of it off. */
export const securityProdClass: TreeCheck = function* ({ resources: { environments } }) {
  for (const environment of environments.values()) {
    const { class: written } = environment.spec;
    if (written === 'prod' || !isProduction(environment.name)) continue;
    yield {
      code: 'security/prod-class',
      message: `environment ${environment.name} is production by its name, but of class ${written}: nothing that prod needs is asked of it`,
      at: at(environment, 'spec', 'class'),
      hint: 'write class: prod, or give it a name that says what it is',
    };
  }
};

function isProduction(name: string): boolean {
  const words = name.split('-');
  const edges = [words[0] ?? '', words.at(-1) ?? ''];
  return edges.some((word) => production.has(word)) && !words.some((word) => elsewhere.has(word));
}
