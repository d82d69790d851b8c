import { expect, it } from 'vitest';
import { z } from 'zod';
import { kindNames, kinds } from '../../../compiler/schema/kinds.ts';
import type { TimelineEvent } from '../../../compiler/timeline/event.ts';

/** What the timeline makes of every date that a configuration can have. */
const treated: Readonly<Record<string, readonly TimelineEvent['kind'][] | 'nothing follows from it on a day'>> = {
  'Environment.spec.safety.acknowledge[].until': ['acknowledgement-expires'],
  'PriceList.spec.discounts[].from': ['discount-begins'],
  'PriceList.spec.discounts[].until': ['discount-ends'],
  'PriceList.spec.models.*.prices[].effectiveFrom': ['price'],
  'PriceList.spec.models.*.prices[].verifiedOn': 'nothing follows from it on a day',
  'PriceList.spec.models.*.retiresOn': ['model-retires'],
  'Tenant.spec.environments.*.retiredOn': ['tenant-retires', 'quarantine-ends'],
  'Tenant.spec.retiredOn': ['tenant-retires', 'quarantine-ends'],
};

interface Schema {
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

function dates(schema: Schema, path: string): string[] {
  const { format, properties = {}, additionalProperties, items, anyOf = [], oneOf = [], allOf = [] } = schema;
  return [
    ...(format === 'date' ? [path] : []),
    ...Object.entries(properties).flatMap(([name, below]) => dates(below, `${path}.${name}`)),
    ...(typeof additionalProperties === 'object' ? dates(additionalProperties, `${path}.*`) : []),
    ...(items === undefined ? [] : dates(items, `${path}[]`)),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((each) => dates(each, path)),
  ];
}

it('the timeline knows every date that a schema has', () => {
  const found = kindNames.flatMap((kind) => {
    const schema = z.toJSONSchema(kinds[kind].schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
    return dates(schema as Schema, kind);
  });
  expect(found.sort()).toEqual(Object.keys(treated));
});
