import { Document, isCollection, isMap, isNode, isScalar, isSeq, Schema, visit } from 'yaml';
import type { Path } from '../../compiler/diagnostics/finding.ts';
import { printed } from '../format/printed.ts';
import { schemaHeader } from '../schemas/header.ts';

/** A file as data: what is written follows from it alone. */
export interface NewFile {
  readonly path: string;
  readonly value: object;
  /** Said at the top. */
  readonly about?: string;
  /** Said above the entry at a path. */
  readonly notes?: readonly (readonly [Path, string])[];
}

/** The most entries of a mapping that stands on one line. */
const maxFlowEntries = 4;

const day = /^\d{4}-\d\d-\d\d$/;

/**
 * Words that other readers of YAML take for something else, such as no, are quoted. Days would be as well, which nobody
 * does by hand.
 */
const schema = new Schema({
  schema: 'core',
  compat: 'yaml-1.1',
  customTags: (tags) =>
    tags.map((tag) => {
      if (typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:str' || tag.collection !== undefined) return tag;
      const { stringify } = tag;
      return {
        ...tag,
        stringify: (item, ...rest) => {
          if (typeof item.value !== 'string') return '';
          if (day.test(item.value)) return item.value;
          // In single quotes a backslash is a backslash.
          if (item.value.includes('\\')) item.type = 'QUOTE_SINGLE';
          return stringify?.(item, ...rest) ?? '';
        },
      };
    }),
});

/** The text of a file, which fmt would leave as it is. */
export function serialised({ path, value, about, notes = [] }: NewFile): string {
  const document = new Document(value, { schema, aliasDuplicateObjects: false });
  visit(document, {
    Collection(key, collection, { length }) {
      const isOnly = collection.items.length === 1;
      // A list item with one entry needs no braces. metadata and spec, right below the root, are sections.
      if (typeof key === 'number' && isOnly) return;
      if (length > 4 || (length > 2 && isOnly)) collection.flow = standsOnOneLine(collection);
    },
  });
  for (const [at, text] of notes) comment(document, at, text);
  const head = [schemaHeader(path), ...(about === undefined ? [] : about.split('\n').map((line) => `# ${line}`))];
  const lines = head.filter((line) => line !== undefined);
  return printed([...lines, document.toString({ lineWidth: 0 })].join('\n'));
}

function standsOnOneLine(collection: unknown): boolean {
  if (isSeq(collection)) return collection.items.every(isScalar);
  return (
    isMap(collection) &&
    collection.items.length <= maxFlowEntries &&
    collection.items.every(({ value }) => isPlain(value))
  );
}

function isPlain(value: unknown): boolean {
  return isScalar(value) || (isCollection(value) && value.items.length === 0);
}

function comment(document: Document, path: Path, text: string): void {
  const parent = document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  const item = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === last)?.key
    : document.getIn(path, true);
  if (!isNode(item)) throw new Error(`there is nothing at ${path.join('.')} to comment on`);
  item.commentBefore = text
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n');
}
