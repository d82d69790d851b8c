import { z } from 'zod';
import { kindNames, kinds } from '../../compiler/schema/kinds.ts';
import type { JsonSchema } from '../../toolchain/schemas/json-schema.ts';
import { type Field, fieldsOf } from './fields.ts';
import { type Page, page, table } from './page.ts';

/** Every field of every kind. */
export function fieldsPage(): Page {
  return page('reference.md', 'compiler/schema', [
    '# Reference',
    'Every field of every kind. [configuration.md](configuration.md) explains, [effects.md](effects.md) says what each field changes, [checks.md](checks.md) lists what can be wrong.',
    ...kindNames.map(kindSection),
  ]);
}

function kindSection(kind: (typeof kindNames)[number]): string {
  const { schema, example } = kinds[kind];
  const fields = fieldsOf(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
  const told = fields.filter(({ path }) => !['apiVersion', 'kind', 'metadata', 'spec'].includes(path));
  return [`## ${kind}`, `\`${example}\``, table(['field', 'type', 'default', ''], told.map(row))].join('\n\n');
}

function row({ path, type, required, default: fallback, variants, description }: Field): readonly string[] {
  const value = required ? '**required**' : fallback === undefined ? '' : `\`${fallback}\``;
  const only = variants.length === 0 ? '' : `${variants.join(', ')} only. `;
  return [`\`${path}\``, type, value, `${only}${description}`];
}
