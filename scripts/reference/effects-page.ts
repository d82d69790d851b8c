import { anchorOf } from '../../compiler/diagnostics/codes.ts';
import { kindNames, kinds } from '../../compiler/schema/kinds.ts';
import { allLeaves, type Effect, effectOf, isFixed, type Leaf } from '../../test/compiler/effect/effects.ts';
import { type Page, page, table } from './page.ts';

/** Every leaf of every schema with what a change of it is seen in, by the computation of the effect test. */
export async function effectsPage(): Promise<Page> {
  const rows = new Map<Leaf, readonly string[]>();
  for (const leaf of allLeaves) rows.set(leaf, [`\`${leaf.name.replace(/^\w+\.?/, '')}\``, await told(leaf)]);
  const sections = kindNames.map((kind) => {
    const mine = allLeaves.filter((leaf) => leaf.kind === kind).map((leaf) => rows.get(leaf) ?? []);
    return [`## ${kind}`, `\`${kinds[kind].example}\``, table(['field', 'a change is seen in'], mine)].join('\n\n');
  });
  return page('effects.md', 'the effect test (test/compiler/effect)', [
    '# Effects of fields',
    introduction,
    ...sections,
  ]);
}

const introduction = `No field without an effect: each field of each kind changes an artifact or a finding, and here is where. The effect test changes one field at a time in [test/compiler/projects/complete](../test/compiler/projects/complete) to another valid value; the place is the first that differs, and where several artifacts differ, the one that acts most directly is named first.

\`[]\` is an item of a list, \`*\` a value of a map and \`{}\` its keys, \`<bedrock>\` or \`<1>\` a branch of a choice. A place is a JSON pointer with \`*\` for positions in lists. Fields of config tests are seen in the report of \`gatewright test\`, because a test judges a release and changes none.`;

async function told(leaf: Leaf): Promise<string> {
  if (isFixed(leaf)) return 'has one value only';
  const effect = await effectOf(leaf);
  if (effect === undefined) throw new Error(`${leaf.name} has no effect`);
  return sentence(effect);
}

function sentence(effect: Effect): string {
  switch (effect.kind) {
    case 'artifact': {
      const [first, ...others] = [...effect.artifacts].sort(
        ([a], [b]) => directness.indexOf(a) - directness.indexOf(b),
      );
      const more = others.length === 0 ? '' : `; also ${others.map(([name]) => name).join(', ')}`;
      return first === undefined ? '' : `${place(...first)}${more}`;
    }
    case 'directory':
      return `${place('tenants.json', effect.pointer)}, read by ${effect.reader}`;
    case 'finding':
      return effect.codes.map((code) => `[${code}](checks.md#${anchorOf(code)})`).join(', ');
    case 'report':
      return reported(effect.line);
  }
}

/** Status and first difference. What still passes is told of another test, case or client. */
function reported(line: string): string {
  const [status = '', said] = line.slice(line.indexOf(': ') + 2).split('; ');
  return said === undefined ? `${status} under another name` : `${status}: ${said}`;
}

/** Artifacts by how directly they act; the others tell what these do. */
const directness = [
  'agentgateway.json',
  'cognito-clients.json',
  'guardrails.json',
  'task.json',
  'cost-table.json',
  'tenants.json',
  'decision-table.json',
];

function place(artifact: string, pointer: string): string {
  return `${artifact} \`${pointer.replace(/\/\d+(?=\/|$)/g, '/*')}\``;
}
