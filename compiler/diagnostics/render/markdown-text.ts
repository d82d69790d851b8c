import { visible } from './visible.ts';

/** Stands behind a character that would begin a mention, a reference or a link: shown as nothing, it breaks the word. */
const wordBreak = '\u200B';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text from a file inside of Markdown: on one line, nothing in it is markup, HTML, a table cell's end, a mention of
 * people, a reference to an issue or a link. Backslash and entity alone would not do against mentions: they are looked
 * for in the finished page.
 */
export function markdownText(text: string): string {
  return visible(text)
    .replace(/[&<>"']/g, (letter) => entities[letter] ?? letter)
    .replace(/[\\`*_{}[\]|~$]/g, '\\$&')
    .replace(/@|#(?!39;)|:(?=\/\/)|\b(?:GH|www)(?=[-.])/gi, `$&${wordBreak}`);
}
