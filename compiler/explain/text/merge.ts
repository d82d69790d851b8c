import type { Node } from './branch.ts';

/** A line as it holds in some environments; `environments` is null where it holds in all of its parent's. */
export interface Merged {
  readonly node: Omit<Node, 'children'>;
  readonly environments: readonly string[] | null;
  /** A line with the same id stands right before it. */
  readonly again: boolean;
  readonly children: readonly Merged[];
}

interface Tree {
  readonly environment: string;
  readonly nodes: readonly Node[];
}

/** The trees of several environments as one: what is the same everywhere is said once. */
export function merge(trees: readonly Tree[]): Merged[] {
  return orderOf(trees.map(({ nodes }) => nodes.map(({ id }) => id))).flatMap((id) => {
    const variants = new Map<string, { readonly own: Omit<Node, 'children'>; readonly below: Tree[] }>();
    for (const { environment, nodes } of trees) {
      for (const { children, ...own } of nodes.filter((node) => node.id === id)) {
        const key = JSON.stringify(own);
        const variant = variants.get(key) ?? { own, below: [] };
        variant.below.push({ environment, nodes: children });
        variants.set(key, variant);
      }
    }
    return [...variants.values()].map(({ own, below }, index): Merged => {
      const environments = below.length === trees.length ? null : below.map(({ environment }) => environment);
      return { node: own, environments, again: index > 0, children: merge(below) };
    });
  });
}

/** Ids of all lists, each behind the one that it follows in the first list that has it. */
function orderOf(lists: readonly (readonly string[])[]): string[] {
  const order: string[] = [];
  for (const list of lists) {
    let position = 0;
    for (const id of list) {
      const known = order.indexOf(id);
      if (known === -1) order.splice(position, 0, id);
      position = (known === -1 ? position : known) + 1;
    }
  }
  return order;
}
