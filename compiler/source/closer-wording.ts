import type { Wording, YamlError } from './wordings.ts';

/** What can be said better with a look at the text around an error. */
export function closerWording({ code, message }: YamlError, text: string, start: number): Wording | undefined {
  if (code === 'BAD_SCALAR_START') return unquoted(text, start);
  if (code === 'BAD_ALIAS' && /^\*[\s,\]}]/.test(text.slice(start, start + 2)))
    return { message: '"*" alone is YAML syntax', hint: 'write "*" in quotes' };
  return /^(?:A block sequence|All sequence items)/.test(message) ? itemElsewhere(text, start) : undefined;
}

function unquoted(text: string, start: number): Wording | undefined {
  const word = /^[^\n,\]}#]*/.exec(text.slice(start, start + 200))?.[0].trim() ?? '';
  if (!word.startsWith('@') || /["'\\]/.test(word)) return undefined;
  return { message: 'a value that starts with @ must be quoted', hint: `quote it: "${word}"` };
}

/** An item whose neighbour above, in the same list, stands in another column. */
function itemElsewhere(text: string, start: number): Wording | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const above = text.slice(0, lineStart).split('\n').slice(0, -1).reverse();
  for (const line of above) {
    const column = line.search(/\S/);
    if (column === -1 || line[column] === '#') continue;
    if (/^-(?:\s|$)/.test(line.slice(column)) && column !== start - lineStart) {
      return {
        code: 'yaml/indentation',
        message: 'this list item does not stand in the column of the item above it',
        hint: `indent it like the item above (column ${column + 1})`,
      };
    }
    if (column < start - lineStart) return undefined;
  }
  return undefined;
}
