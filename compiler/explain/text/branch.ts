import type { Layer, Place } from '../place.ts';

/** What a piece of text is, for the one who colours it. */
export type Role = 'title' | 'label' | 'good' | 'bad' | 'warn' | 'plain' | 'dim' | 'tag' | 'place';

/** A line of the tree and what hangs below it. `id` is what makes it the same line in another environment. */
export interface Node {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly role: Role;
  readonly layer: Layer | null;
  readonly place: Place | null;
  readonly children: readonly Node[];
}

type Parts = Partial<Omit<Node, 'label' | 'text'>>;

export function node(label: string, text: string, parts: Parts = {}): Node {
  return { id: label, role: 'plain', layer: null, place: null, children: [], ...parts, label, text };
}

interface Decided {
  readonly layer: Layer;
  readonly place: Place | null;
}

/** A value that a layer decided; what is built in steps back. */
export function decidedNode(label: string, text: string, { layer, place }: Decided, parts: Parts = {}): Node {
  return node(label, text, { role: layer === 'default' ? 'dim' : 'plain', ...parts, layer, place });
}
