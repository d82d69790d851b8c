import Handlebars from 'handlebars';
import { type Risk, risks } from '../../../contract/vocabulary.ts';
import { markdownText } from '../../diagnostics/render/markdown-text.ts';
import { type Change, type Comparison, summarise } from '../change.ts';
import { valueText } from '../words.ts';

import type { DiffRenderer } from './renderer.ts';
import { summaryText } from './text.ts';

/** A comment on GitHub may have 65 536 characters; a job summary more. */
const maxCharacters = 60_000;

const titles: Readonly<Record<Risk, string>> = { dangerous: '🔴 Dangerous', caution: '🟡 Caution', safe: '🟢 Safe' };

const source = `## Configuration changes

{{md summary}}
{{#each notes}}

> **Note** {{md this}}
{{/each}}
{{#each tables}}

### {{title}} ({{count}})

| Change | Environments | Where |
|---|---|---|
{{#each rows}}
| {{md sentence}} | {{md environments}} | {{md where}} |
{{/each}}
{{/each}}
{{#if fields}}

<details><summary>Fields</summary>

| Subject | Field | Before | After |
|---|---|---|---|
{{#each fields}}
| {{md subject}} | {{md field}} | {{md before}} | {{md after}} |
{{/each}}

</details>
{{/if}}
{{#if hidden}}

**{{hidden}} of {{total}} changes are not shown here{{#if fieldsHidden}}, and no fields{{/if}}**: run \`gatewright diff\` to see all.
{{else}}{{#if fieldsHidden}}

**The fields are not shown here**: run \`gatewright diff --format json\` to see them.
{{/if}}{{/if}}
`;

const handlebars = Handlebars.create();
handlebars.registerHelper('md', (value: unknown) => new Handlebars.SafeString(markdownText(String(value))));
const template = handlebars.compile(source, { strict: false, knownHelpers: { md: true } });

/** For a job summary or a comment. What does not fit goes: first the fields, then the least risky changes. */
export const markdown: DiffRenderer = (comparison) => {
  const all = comparison.changes.length;
  const complete = page(comparison, all, true);
  if (complete.length <= maxCharacters) return complete;
  let [fits, tooMany] = [0, all + 1];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (page(comparison, middle, false).length <= maxCharacters) fits = middle;
    else tooMany = middle;
  }
  return page(comparison, fits, false);
};

function page(comparison: Comparison, shown: number, withFields: boolean): string {
  const changes = comparison.changes.slice(0, shown);
  const total = comparison.changes.length;
  const counts = summarise(comparison.changes);
  const tables = [...risks].reverse().map((risk) => ({
    title: titles[risk],
    count: counts[risk],
    rows: changes.filter((change) => change.risk === risk).map(rowOf),
  }));
  const text = template({
    summary: summaryText(comparison),
    notes: comparison.notes,
    tables: tables.filter(({ rows }) => rows.length > 0),
    fields: withFields ? changes.map(fieldOf) : [],
    fieldsHidden: !withFields,
    hidden: total - shown,
    total,
  });
  return `${text.trimEnd()}\n`;
}

function rowOf({ sentence, environments, place: { file, range, side } }: Change): Record<string, string> {
  return {
    sentence,
    environments: environments.join(', '),
    where: `${file}:${range.start.line}${side === 'base' ? ' (base)' : ''}`,
  };
}

function fieldOf({ subject, field, before, after }: Change): Record<string, string> {
  return {
    subject: `${subject.kind} ${subject.name}`,
    field: field || 'all',
    before: valueText(before),
    after: valueText(after),
  };
}
