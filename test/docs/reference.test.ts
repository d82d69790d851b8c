import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codes } from '../../compiler/diagnostics/codes.ts';
import { kindNames } from '../../compiler/schema/kinds.ts';
import { fenced, shortened, table } from '../../scripts/reference/page.ts';
import { allLeaves } from '../compiler/effect/effects.ts';
import { schemaMessages } from '../compiler/schema-messages.ts';

const docs = join(import.meta.dirname, '../../docs');
const read = (file: string) => readFileSync(join(docs, file), 'utf8');

describe('docs/checks.md', () => {
  const text = read('checks.md');
  const sections = text.split(/^(?=<a id=)/m).slice(1);
  const anchors = [...text.matchAll(/^<a id="([^"]+)">/gm)].flatMap(([, anchor]) => anchor ?? []);

  it('has a section for every code, in the order of the registry within its family', () => {
    const wanted = Object.keys(codes);
    const headings = [...text.matchAll(/^### (.*)$/gm)].flatMap(([, code]) => code ?? []);
    const families = [...new Set(wanted.map((code) => code.split('/')[0]))];
    expect(headings).toEqual(families.flatMap((family) => wanted.filter((code) => code.startsWith(`${family}/`))));
  });

  it('has anchors that no other code can have', () => {
    expect(anchors).toEqual([...new Set(anchors)]);
    expect([...anchors].sort()).toEqual(
      Object.keys(codes)
        .map((code) => code.replace('/', '-'))
        .sort(),
    );
  });

  it('shows for every code what is wrong and what is said about it', () => {
    const silent = sections.filter((section) => {
      const code = /^### (.*)$/m.exec(section)?.[1] ?? '';
      return !section.includes(` ${code}\n`) || !/^ {2}fix /m.test(section);
    });
    expect(silent).toEqual([]);
  });

  it('names every rule that a schema holds, with the fields that it is for', () => {
    const rules = new Map(
      [...text.matchAll(/^\| (.+) \| (`.+) \|$/gm)].map(([, rule = '', fields = '']) => [rule, fields]),
    );
    expect([...schemaMessages().keys()].filter((message) => !rules.has(message))).toEqual([]);
    expect(rules.get('a share is at least 1')).toBe('`RoutingProfile spec.models.*.weighted[].share`');
    expect(rules.get('from 5 to 1440')).toContain('`Tenant spec.clients[].accessTokenMinutes`');
  });
});

describe('docs/effects.md', () => {
  it('has a row for every leaf of every kind', () => {
    const rows = [...read('effects.md').matchAll(/^\| `([^`]+)` \|/gm)].flatMap(([, leaf]) => leaf ?? []);
    expect(rows).toEqual(allLeaves.map(({ name }) => name.replace(/^\w+\.?/, '')));
  });

  it('has a section for every kind', () => {
    const headings = [...read('effects.md').matchAll(/^## (.*)$/gm)].flatMap(([, kind]) => kind ?? []);
    expect(headings).toEqual(kindNames);
  });
});

describe('generated documents', () => {
  it('link to headings and anchors that are there', () => {
    const broken = ['checks.md', 'effects.md', 'reference.md'].flatMap((file) => {
      const links = [...read(file).matchAll(/\]\(([\w-]*(?:\.md)?)#([^)]+)\)/g)];
      return links.flatMap(([link, target = '', anchor = '']) => {
        const there = read(target === '' ? file : target);
        return there.includes(`<a id="${anchor}">`) || new RegExp(`^#+ ${anchor}$`, 'm').test(there) ? [] : [link];
      });
    });
    expect(broken).toEqual([]);
  });

  it('keep what a table or a fence would end', () => {
    expect(table(['a'], [['x | y']])).toBe('| a |\n|---|\n| x \\| y |');
    expect(fenced('', '```\nx\n```\n')).toBe('````\n```\nx\n```\n````');
    expect(shortened('1\n2\n3\n', 2, (more) => `${more} more`)).toBe('1\n2 more');
    expect(shortened('1\n2\n', 2, String)).toBe('1\n2');
  });
});
