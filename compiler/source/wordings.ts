import type { YAMLParseError } from 'yaml';
import type { Code } from '../diagnostics/codes.ts';

export type YamlError = Pick<YAMLParseError, 'code' | 'message' | 'pos'>;

export interface Wording {
  readonly code?: Code;
  readonly message: string;
  readonly hint: string;
}

/** Where yaml has given up on the document, it complains about each word of the rest. */
export const outsideDocument = /in YAML (?:stream|document)/;

/** The frequent errors in our words: the first that has the error's code and matches its message. */
const wordings: readonly (Wording & { readonly error?: YamlError['code']; readonly says?: RegExp })[] = [
  {
    error: 'TAB_AS_INDENT',
    code: 'yaml/tab',
    message: 'this line is indented with a tab: YAML allows only spaces',
    hint: 'replace the tab with spaces',
  },
  {
    says: /^Block scalar (?:lines|values)|^Block scalars with/,
    code: 'yaml/indentation',
    message: 'the text below "|" or ">" is not indented like its first line',
    hint: 'indent all its lines by the same number of spaces, further than its key',
  },
  {
    error: 'BAD_INDENT',
    code: 'yaml/indentation',
    message: 'this line does not start in the same column as the entries around it',
    hint: 'indent it exactly like its neighbours',
  },
  {
    error: 'BLOCK_AS_IMPLICIT_KEY',
    says: /^Nested mappings/,
    message: 'a second "key: value" stands on the line of a key',
    hint: 'quote the value if its ":" is text, or start the mapping on a new, indented line',
  },
  {
    says: /^Implicit map keys/,
    message: 'there is a key without ":" and value, or text that belongs to nothing',
    hint: 'write "key: value", with a space after the colon',
  },
  {
    error: 'BAD_SCALAR_START',
    message: 'a value that starts with this character must be quoted',
    hint: 'put the value in quotes',
  },
  {
    error: 'BAD_DQ_ESCAPE',
    message: 'this escape sequence is not known in a double-quoted string',
    hint: 'double the backslash, or use single quotes, where a backslash is just a backslash',
  },
  { says: /^Missing , /, message: 'a comma is missing before this entry', hint: 'separate entries with ","' },
  {
    error: 'BLOCK_IN_FLOW',
    message: 'inside { } and [ ] a comma is missing, or a value spreads over indented lines',
    hint: 'separate entries with "," and open { or [ for each nested value',
  },
  { says: /^Unexpected ,/, message: 'there is no entry before this comma', hint: 'delete the comma' },
  { says: /^Unexpected flow-/, message: 'this bracket closes nothing', hint: 'delete it, or open the bracket before' },
  {
    says: /^Unexpected block-seq-ind/,
    message: 'a list cannot start on the line of its key',
    hint: 'start the "-" on the next line',
  },
  {
    says: /at node end$/,
    message: 'there is text after the end of the value',
    hint: 'quote the whole value, or delete the rest',
  },
  {
    says: /^Comments must be separated/,
    message: 'a comment needs a space before its "#"',
    hint: 'add a space, or quote the value if the "#" belongs to it',
  },
  {
    says: /^(?:Block scalar header|Not a YAML token)/,
    message: 'there is text on the line of "|" or ">"',
    hint: 'start the text on the next line, indented; quote the value if the sign is text',
  },
  {
    error: 'BLOCK_AS_IMPLICIT_KEY',
    says: /^A block sequence/,
    message: 'a list item and keys stand in the same column',
    hint: 'indent the list below its key, or put "- " before each key',
  },
  { error: 'IMPOSSIBLE', message: 'a list or mapping in brackets cannot be a key', hint: 'write a string as the key' },
  { error: 'KEY_OVER_1024_CHARS', message: 'a key has at most 1024 characters', hint: 'choose a shorter one' },
  {
    says: /^Sequence item without/,
    code: 'yaml/indentation',
    message: 'this line is indented less than the list item above it, but not as little as the "-" of its list',
    hint: 'indent it like the other keys of the item, or begin a new item with "- "',
  },
  {
    says: /^Missing space after :/,
    message: 'inside { } and [ ] a space is missing after ":"',
    hint: 'write "key: value"',
  },
  { says: /^Unexpected empty item/, message: 'there is no entry before this comma', hint: 'delete the comma' },
  {
    error: 'BAD_PROP_ORDER',
    code: 'yaml/anchor',
    message: 'an anchor (&) or tag (!) stands before the sign of its value instead of behind it',
    hint: 'move it behind the "-", "?" or ":"; quote the text if it is none',
  },
  {
    error: 'MULTIPLE_DOCS',
    code: 'yaml/multiple-documents',
    message: 'a second YAML document starts here: one file holds one resource',
    hint: 'move it to a file of its own and delete the "---"',
  },
  {
    says: outsideDocument,
    message: 'this does not belong to what stands above it: a file is one mapping whose keys start in the same column',
    hint: 'indent it like the first key, or quote the text above if it goes on here',
  },
  {
    says: /^Tags and anchors must be separated/,
    message: 'a space is missing after an anchor (&) or tag (!)',
    hint: 'quote the value if the sign is text',
  },
  {
    says: /^Missing directives-end/,
    code: 'yaml/directive',
    message: 'directives (%) are not supported',
    hint: 'delete it',
  },
  { error: 'BAD_DIRECTIVE', code: 'yaml/directive', message: 'directives (%) are not supported', hint: 'delete it' },
  { error: 'TAG_RESOLVE_FAILED', code: 'yaml/tag', message: 'tags are not supported', hint: 'delete the tag' },
  { error: 'MULTIPLE_TAGS', code: 'yaml/tag', message: 'tags are not supported', hint: 'delete the tags' },
  { error: 'MULTIPLE_ANCHORS', code: 'yaml/anchor', message: 'a value has more than one anchor', hint: 'keep one' },
  { error: 'ALIAS_PROPS', code: 'yaml/anchor', message: 'an alias cannot have an anchor or tag', hint: 'delete it' },
  {
    error: 'BAD_ALIAS',
    code: 'yaml/anchor',
    message: 'an anchor or alias needs a name',
    hint: 'quote the text if it is none',
  },
];

/** Said where yaml says something that none of the above describes. */
const lookAround = 'compare the line with those around it: indentation, quotes and brackets';

export function wordingOf({ code, message }: Pick<YamlError, 'code' | 'message'>): Wording {
  const found = wordings.find(
    ({ error, says }) => (error === undefined || error === code) && (says === undefined || says.test(message)),
  );
  return found ?? { message: `this is not well-formed YAML: ${message}`, hint: lookAround };
}
