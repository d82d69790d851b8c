import { distance } from 'fastest-levenshtein';
import { folders, rootFile } from './tree.ts';

/** Other words for a folder, without case, separators and plural. */
const words: Readonly<Record<string, string>> = {
  team: 'tenants',
  guard: 'guardrails',
  price: 'pricing',
  pricelist: 'pricing',
  route: 'routing',
  router: 'routing',
  provider: 'routing/providers',
  profile: 'routing/profiles',
  env: 'infra/environments',
  environment: 'infra/environments',
  tier: 'tenants/tiers.yaml',
  federation: 'tenants/federation.yaml',
};

const inRoot = folders.filter((folder) => !folder.includes('/'));

/**
 * What an entry `name` of the root, or of the folder above one that is read, was most likely meant to be. Only a guess
 * from the name: a repository holds other things too, so that what the files say must confirm it.
 */
export function meantBy(parent: string, name: string, isFolder: boolean): string | undefined {
  const word = wordOf(name.replace(/\.ya?ml$/i, ''));
  const listed = words[word];
  if (parent !== '')
    return folders.find(
      (folder) =>
        folder.startsWith(`${parent}/`) &&
        folder !== `${parent}/${name}` &&
        (listed === folder || isNear(word, folder.slice(parent.length + 1))),
    );
  if (!isFolder) {
    if (!/\.ya?ml$/i.test(name) || name === rootFile) return undefined;
    return isNear(word, 'gatewright') ? rootFile : listed?.endsWith('.yaml') === true ? listed : undefined;
  }
  if (inRoot.includes(name) || listed?.endsWith('.yaml') === true) return undefined;
  return listed ?? inRoot.find((folder) => isNear(word, folder));
}

function wordOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[-_ .]/g, '')
    .replace(/s$/, '');
}

function isNear(word: string, name: string): boolean {
  return distance(word, wordOf(name)) <= (name.length < 10 ? 2 : 3);
}

/** Whether a file, judged by its beginning, says that it is a resource of ours. */
export function isOurs(beginning: string): boolean {
  return /^\s*(?:\{\s*)?["']?apiVersion["']?\s*:\s*["']?gatewright\//m.test(beginning);
}
