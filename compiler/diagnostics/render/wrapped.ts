import { cells } from './visible.ts';

/** Visible text as lines of at most `room` cells, broken at spaces; a word that is longer than a line stays whole. */
export function wrapped(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((each) => each !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && cells(last) + 1 + cells(word) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
