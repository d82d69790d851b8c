import type { Adr, Field, Heading, Line, Link, Section } from './record.ts';

export const fileNamePattern = /^(\d{3})-[a-z0-9]+(?:-[a-z0-9]+)*\.md$/;

const headingPattern = /^# +(.*)$/;
const numberedTitlePattern = /^(\d{3})\. +(\S.*)$/;
const sectionPattern = /^## +(.*?) *$/;
const fieldPattern = /^- ([A-Z][A-Za-z ]*):(.*)$/;
const linkPattern = /\[[^[\]]*\]\(([^()\s]+)\)/g;
const definitionPattern = /^\[[^[\]]+\]: *(\S+)/gm;

/** Reads one record tolerantly: whatever is missing or malformed is for the rules to say. */
export function parseAdr(file: string, text: string): Adr {
  const lines = visibleLines(text);
  const heading = findHeading(lines);
  const firstSection = lines.findIndex((line) => sectionPattern.test(line.text));
  const headerEnd = firstSection === -1 ? lines.length : firstSection;
  const header = lines.slice(0, headerEnd).filter((line) => line.number !== heading?.line && line.text.trim() !== '');
  return {
    file,
    number: fileNamePattern.exec(file)?.[1],
    heading,
    fields: header.flatMap(toField),
    stray: header.filter((line) => !fieldPattern.test(line.text)),
    sections: toSections(lines.slice(headerEnd)),
    links: findLinks(lines),
  };
}

/** The lines of the text; those of comments and fenced code are blank, so that no rule reads them. */
function visibleLines(text: string): Line[] {
  let fenced = false;
  const shown = text.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ''));
  return shown.split('\n').map((raw, index) => {
    const isFence = raw.trimStart().startsWith('```');
    const hidden = fenced || isFence;
    if (isFence) fenced = !fenced;
    // A placeholder keeps a section that holds only code from looking empty.
    return { number: index + 1, text: hidden ? '`code`' : raw.replace(/\r$/, '') };
  });
}

function findHeading(lines: readonly Line[]): Heading | undefined {
  for (const line of lines) {
    const text = headingPattern.exec(line.text)?.[1];
    if (text === undefined) continue;
    const numbered = numberedTitlePattern.exec(text);
    return { number: numbered?.[1], title: (numbered?.[2] ?? text).trim(), line: line.number };
  }
  return undefined;
}

function toField(line: Line): Field[] {
  const match = fieldPattern.exec(line.text);
  if (match === null) return [];
  return [{ name: match[1] ?? '', value: (match[2] ?? '').trim(), line: line.number }];
}

function toSections(lines: readonly Line[]): Section[] {
  const starts = lines.flatMap((line, index) => (sectionPattern.test(line.text) ? [index] : []));
  return starts.flatMap((start, position) => {
    const opening = lines[start];
    if (opening === undefined) return [];
    const title = sectionPattern.exec(opening.text)?.[1] ?? '';
    return [{ title, line: opening.number, body: lines.slice(start + 1, starts[position + 1]) }];
  });
}

/** Links, their labels possibly broken over lines, and the definitions of reference links. Code spans hold none. */
function findLinks(lines: readonly Line[]): Link[] {
  const text = lines.map((line) => line.text).join('\n');
  const prose = text.replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));
  return [...prose.matchAll(linkPattern), ...prose.matchAll(definitionPattern)].map((match) => {
    const target = match[1] ?? '';
    const before = prose.slice(0, match.index + match[0].lastIndexOf(target));
    return { target, line: before.split('\n').length };
  });
}
