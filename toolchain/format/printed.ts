import { CST, type Document, parseDocument, type Scalar, type ScalarTag, Schema, visit } from 'yaml';

/** A collection in { } or [ ] that reaches beyond this column is opened: one entry on each line. */
const maxColumns = 140;

/** More than the levels of nesting that people write on one line. */
const maxRounds = 100;

/** Formats YAML that has no mistakes. What the result means, and whether every comment is in it, is for others to prove. */
export function printed(text: string): string {
  // Only columns of what was printed are columns of the result.
  let current = print(parse(text));
  // A comment that moves may gain a blank line in the next round, an opened collection may hold one that is wide again.
  for (let round = 0; round < maxRounds; round += 1) {
    const document = parse(current);
    for (const collection of wideCollections(document, current)) collection.flow = false;
    const next = print(document);
    if (next === current) return current;
    current = next;
  }
  throw new Error(`the format of a file is still not settled after ${maxRounds} rounds`);
}

/** Every plain scalar stays text: what it means is not asked here, so that no number, date or word can change. */
const schema = new Schema({
  schema: 'failsafe',
  compat: null,
  resolveKnownTags: false,
  customTags: (tags) => tags.map((tag) => (isStringTag(tag) ? { ...tag, stringify: asWritten(tag) } : tag)),
});

type Tag = Exclude<Schema['tags'][number], undefined> | string;

function isStringTag(tag: Tag): tag is ScalarTag {
  return typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:str' && tag.collection === undefined;
}

function parse(text: string): Document.Parsed {
  const options = {
    schema,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'error',
    keepSourceTokens: true,
  } as const;
  return parseDocument(text, options);
}

function print(document: Document.Parsed): string {
  return document.toString({
    // Strings keep their own lines, and collections are opened by the column that they reach.
    lineWidth: 0,
    flowCollectionPadding: false,
    commentString: (text) =>
      text
        .replace(/\n{3,}/g, '\n\n')
        .replace(/\n+$/, '\n')
        .replace(/^(?!$)(?: $)?/gm, '#')
        .replace(/[ \t]+$/gm, ''),
  });
}

/** Quoted, plain and folded strings keep their lines, each at the new indentation; only literal text is printed anew. */
function asWritten({ stringify }: ScalarTag): NonNullable<ScalarTag['stringify']> {
  return (item, context, onComment, onChompKeep) => {
    const { indent } = context;
    const lines = foldedLines(item);
    if (lines !== undefined && indent !== '')
      return lines
        .map((line) => (line === '' ? '' : indent + line))
        .join('\n')
        .trimStart();
    const source = sourceOf(item);
    // A space behind a backslash belongs to the text.
    const breaks = /(?<!\\)[ \t]*\n[ \t]*(?=(\S?))/g;
    if (source !== undefined) return source.replace(breaks, (_, next) => `\n${next === '' ? '' : indent}`);
    return stringify?.(item, context, onComment, onChompKeep) ?? '';
  };
}

function sourceOf({ srcToken, type, value }: Scalar): string | undefined {
  if (type === 'PLAIN' && value === '') return '';
  return CST.isScalar(srcToken) && srcToken.type !== 'block-scalar' ? srcToken.source : undefined;
}

/** A folded text with its sign, without indentation; undefined where the sign says more than that, such as a comment. */
function foldedLines({ srcToken, comment }: Scalar): string[] | undefined {
  if (!CST.isScalar(srcToken) || srcToken.type !== 'block-scalar' || comment) return undefined;
  const sign = srcToken.props.find(({ type }) => type === 'block-scalar-header');
  const header = sign !== undefined && 'source' in sign ? sign.source : '';
  if (header !== '>' && header !== '>-') return undefined;
  const text = srcToken.source.trimEnd();
  if (text === '') return undefined;
  const indentation = /^ */m.exec(text.replace(/^\n+/, ''))?.[0].length ?? 0;
  return [header, ...text.split('\n').map((line) => line.slice(indentation))];
}

/** The outermost ones: what stands in another { } or [ ] cannot be opened by itself. */
function wideCollections(document: Document.Parsed, text: string): { flow?: boolean }[] {
  const wide: { flow?: boolean }[] = [];
  visit(document, {
    Collection(_, collection) {
      if (collection.flow !== true) return undefined;
      const [start, end] = collection.range ?? [0, 0];
      const column = end - (text.lastIndexOf('\n', start) + 1);
      const isOneLine = !text.slice(start, end).includes('\n');
      if (isOneLine && column > maxColumns && collection.items.length > 0) wide.push(collection);
      return visit.SKIP;
    },
  });
  return wide;
}
