import { settled } from '../cel/compiled.ts';
import type { DirectResponse } from './config.ts';
import { type Answer, bodyOf, type Exchange, headerOf, parsed, plainText } from './exchange.ts';
import { cel, named } from './vocabulary.ts';

/** An answer that needs no provider. */
export function directResponse({
  status,
  headers,
  body,
  bodyExpression,
}: DirectResponse): (exchange: Exchange) => Answer {
  const expression = bodyExpression === undefined ? undefined : cel(bodyExpression);
  const computed = named(headers);
  return ({ variables }) => {
    const made =
      expression === undefined ? { value: body ?? '' } : settled(() => bodyOf(expression.evaluate(variables)));
    if (made.value === undefined) {
      return plainText(500, `failed to apply filters: invalid filter configuration: ${String(made.error)}`);
    }
    const values = computed.flatMap(([name, header]) => {
      const value = headerOf(header, variables);
      return value === undefined ? [] : [[name.toLowerCase(), value]];
    });
    return { status, headers: Object.fromEntries(values), body: parsed(made.value) };
  };
}
