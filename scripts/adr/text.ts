import type { Line } from './record.ts';

/** Runs of lines that hold text, as blank lines separate them. */
export function paragraphs(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [];
  let open: Line[] | undefined;
  for (const line of lines) {
    if (line.text.trim() === '') {
      open = undefined;
    } else if (open === undefined) {
      open = [line];
      blocks.push(open);
    } else {
      open.push(line);
    }
  }
  return blocks;
}

/** Paragraphs, with each list item and each table row a block of its own. */
export function blocks(lines: readonly Line[]): Line[][] {
  return paragraphs(lines).flatMap((paragraph) => {
    const parts: Line[][] = [];
    for (const line of paragraph) {
      const last = parts.at(-1);
      if (last === undefined || /^\s*(?:[-*+]\s|\d+\.\s|\|)/.test(line.text)) parts.push([line]);
      else last.push(line);
    }
    return parts;
  });
}

export function joined(lines: readonly Line[]): string {
  return lines.map((line) => line.text.trim()).join(' ');
}
