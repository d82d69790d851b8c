import type { z } from 'zod';

export interface Rule {
  /** What it says when it is broken; '' for a rule that says something else at each place. */
  readonly message: string;
  readonly isPattern: boolean;
  /** Whether it is code, which zod leaves out of a JSON Schema. */
  readonly isCode: boolean;
}

/** The rules of a schema with their own words. */
export function checksOf(schema: z.core.$ZodType): Rule[] {
  const definition: z.core.$ZodTypeDef = schema._zod.def;
  // A date is a rule and a schema in one.
  const own = 'check' in definition ? [ruleOf(definition as unknown as z.core.$ZodCheckDef)] : [];
  return [...own, ...(definition.checks ?? []).map((check) => ruleOf(check._zod.def))];
}

function ruleOf(definition: z.core.$ZodCheckDef): Rule {
  return {
    message: said(definition),
    isPattern: definition.check === 'string_format',
    isCode: definition.check === 'custom',
  };
}

function said({ error }: z.core.$ZodCheckDef): string {
  // zod types the function by the issue that it would explain; ours take none.
  const message = (error as ((issue: object) => ReturnType<NonNullable<typeof error>>) | undefined)?.({});
  return typeof message === 'string' ? message : (message?.message ?? '');
}
