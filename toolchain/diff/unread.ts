import { kindOf } from '../../compiler/schema/kinds.ts';
import type { SourceContent, SourceTree } from '../../compiler/source/tree.ts';

/**
 * Files that neither side needs to read: the tenants that are the same on both, where nothing but tenants differs. What
 * follows from such a tenant then is the same as well. `base` shares the contents that are equal with `head`.
 */
export function unreadOf(base: SourceTree, head: SourceTree): ReadonlySet<string> {
  const before = new Map<string, SourceContent>(base.files.map(({ path, content }) => [path, content]));
  const equal = new Set<string>();
  for (const { path, content } of head.files) {
    const isEqual = before.get(path) === content && !('refused' in content);
    before.delete(path);
    if (kindOf(path) === 'Tenant') {
      if (isEqual) equal.add(path);
    } else if (!isEqual) return new Set();
  }
  const areTenants = [...before.keys()].every((path) => kindOf(path) === 'Tenant');
  return areTenants ? equal : new Set();
}
