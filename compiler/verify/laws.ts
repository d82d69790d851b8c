import type { Artifacts } from '../../contract/artifacts/artifacts.ts';
import type { Model } from '../resolve/model.ts';
import { accessLog } from './gateway/access-log.ts';
import { backends } from './gateway/backends.ts';
import { budgets } from './gateway/budgets.ts';
import { catalogue } from './gateway/catalogue.ts';
import { denials } from './gateway/denials.ts';
import { dollars } from './gateway/dollars.ts';
import { expressions } from './gateway/expressions.ts';
import { fields } from './gateway/fields.ts';
import { gateways } from './gateway/gateways.ts';
import { limits } from './gateway/limits.ts';
import { routes } from './gateway/routes.ts';
import { rules } from './gateway/rules.ts';
import { scan } from './gateway/scan.ts';
import { type Law, subjectOf } from './gateway/subject.ts';
import { table } from './gateway/table.ts';
import { classes, credentials, rows } from './gateway/tenants.ts';
import { schemaViolations, valuesOf } from './schemas.ts';
import { tokenViolations } from './tokens.ts';

/** In the order of a request: who it is, what it may do, where it goes, what looks at it, what is left of it. */
const laws = {
  dollars,
  fields,
  gateways,
  expressions,
  credentials,
  rows,
  classes,
  rules,
  scan,
  routes,
  denials,
  backends,
  limits,
  budgets,
  catalogue,
  accessLog,
  table,
} as const satisfies Readonly<Record<string, Law>>;

export interface Violation {
  readonly law: 'schemas' | 'tokens' | keyof typeof laws;
  readonly message: string;
}

/** Artifacts of a shape that no law can read are not read further. */
export function violationsOf(model: Model, artifacts: Artifacts): readonly Violation[] {
  const values = valuesOf(artifacts);
  const shape = [...schemaViolations(values)].map((message): Violation => ({ law: 'schemas', message }));
  const tokens = [...tokenViolations(artifacts, values)].map((message): Violation => ({ law: 'tokens', message }));
  if (shape.length > 0) return [...shape, ...tokens];
  const subject = subjectOf(model, artifacts, values);
  const names = Object.keys(laws) as (keyof typeof laws)[];
  return [
    ...tokens,
    ...names.flatMap((law) => [...laws[law](subject)].map((message): Violation => ({ law, message }))),
  ];
}
