import { type SchemaRule, schemaRules } from '../../test/compiler/schema-messages.ts';
import { table } from './page.ts';

/** Rules whose sentence is made from what breaks them. */
const unsaid: Readonly<Record<string, string>> = {
  'RoutingProfile spec.models.*.conditional': 'the last case has no when, and all others have one',
  'ConfigTest spec.cases': 'cases have different names',
  'Guardrail spec.bedrock.pii[].entity': 'Bedrock knows the PII entity',
};

/** A longer list is that of names, texts or amounts, which are alike everywhere. */
const mostFields = 6;

/** What fields demand beyond their type: each rule with its fields. */
export function rulesTable(): string {
  const fields = new Map<string, string[]>();
  for (const [field, rules] of rulesByField()) {
    for (const sentence of sentencesOf(field, rules)) fields.set(sentence, [...(fields.get(sentence) ?? []), field]);
  }
  const rows = [...fields].map(([sentence, of]) => [sentence, listed(of)]);
  return table(['rule', 'fields'], rows);
}

function rulesByField(): ReadonlyMap<string, readonly SchemaRule[]> {
  const found = new Map<string, SchemaRule[]>();
  for (const rule of schemaRules()) {
    const field = `${rule.kind} ${rule.path}`;
    found.set(field, [...(found.get(field) ?? []), rule]);
  }
  return found;
}

function sentencesOf(field: string, rules: readonly SchemaRule[]): readonly string[] {
  const said = rules.flatMap(({ message, check }) => message ?? patternOf(check) ?? []);
  const hidden = rules.filter(({ message, check }) => message === undefined && check.check === 'custom');
  const sentence = hidden.length === 0 ? [] : [unsaid[field] ?? missing(field)];
  return [...new Set([...said, ...sentence, ...boundsOf(rules.filter(({ message }) => message === undefined))])];
}

function patternOf({ pattern }: SchemaRule['check']): string | undefined {
  return pattern === undefined ? undefined : `matches \`${pattern.source}\``;
}

function missing(field: string): never {
  throw new Error(`${field} has a rule without a message: say it in scripts/reference/rules.ts`);
}

/** Lower and upper bound of one field are one rule. */
function boundsOf(rules: readonly SchemaRule[]): readonly string[] {
  const least = rules.find(({ check }) => check.check === 'greater_than' || check.check === 'min_length');
  const most = rules.find(({ check }) => check.check === 'less_than' || check.check === 'max_length');
  const from = least?.check.value ?? least?.check.minimum;
  const to = most?.check.value ?? most?.check.maximum;
  const counts = units[(least ?? most)?.type ?? ''];
  const of = (bound: number) => (counts === undefined ? String(bound) : `${bound} ${counts[bound === 1 ? 0 : 1]}`);
  if (from !== undefined && to !== undefined) return [`from ${from} to ${of(to)}`];
  if (from !== undefined) return [`${least?.check.inclusive === false ? 'more than' : 'at least'} ${of(from)}`];
  return to === undefined ? [] : [`at most ${of(to)}`];
}

/** What a length counts. */
const units: Readonly<Record<string, readonly [string, string]>> = {
  array: ['entry', 'entries'],
  string: ['character', 'characters'],
};

function listed(fields: readonly string[]): string {
  const shown = fields.slice(0, mostFields).map((field) => `\`${field}\``);
  const more = fields.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}
