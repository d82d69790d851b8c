/** Control, format (bidi overrides, zero-width), line and paragraph separators, halves of surrogate pairs. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Marks that stand over the letter before, and letters that fill two cells of a terminal. */
const combining = /^\p{M}$/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uFF01-\uFF60]$/u;

/**
 * Text from a file, safe to print: nothing in it moves the cursor, changes colours or reorders what is read. Each
 * character stays one character, so that columns hold.
 */
export function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(invisible, '\uFFFD');
}

/** Cells that visible text takes in a terminal. */
export function cells(text: string): number {
  let count = 0;
  for (const letter of text) {
    if (wide.test(letter)) count += 2;
    else if (!combining.test(letter)) count += 1;
  }
  return count;
}
