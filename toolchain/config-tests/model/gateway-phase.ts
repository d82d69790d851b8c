import { kept } from '../cel/json.ts';
import type { Headers, Value } from '../cel/value.ts';
import type { Direction, Gateway } from './config.ts';
import { type Answer, type Exchange, evaluated, headerOf, headersOf, proxyOf, responseOf } from './exchange.ts';
import { named } from './vocabulary.ts';

interface GatewayPhase {
  onRequest(exchange: Exchange): void;
  onResponse(exchange: Exchange, answer: Answer): Answer;
}

/** The transformations of a gateway: before a route is chosen, and on every answer on its way out. */
export function gatewayPhase({ transformations = {} }: Gateway): GatewayPhase {
  const request = transformation(transformations.request ?? {}, 'request');
  const response = transformation(transformations.response ?? {}, 'response');
  return {
    onRequest(exchange) {
      exchange.variables.set('metadata', exchange.metadata);
      request(exchange, exchange.headers, exchange.variables);
    },
    onResponse(exchange, answer) {
      const headers = headersOf(answer);
      const seen = new Map(exchange.variables).set('response', responseOf(answer.status, headers));
      response(exchange, headers, seen.set('proxy', proxyOf(answer.fromProvider === true)));
      return {
        ...answer,
        headers: Object.fromEntries([...headers].map(([name, value]) => [String(name), String(value)])),
      };
    },
  };
}

/** Metadata first, then headers set, then headers removed; each expression sees what those before it did. */
function transformation(direction: Direction, phase: 'request' | 'response') {
  const metadata = named(direction.metadata, phase);
  const set = named(direction.set, phase);
  const remove = (direction.remove ?? []).map((name) => name.toLowerCase());
  return (exchange: Exchange, headers: Headers, variables: ReadonlyMap<string, Value>): void => {
    for (const [name, expression] of metadata) {
      const value = evaluated(expression, variables);
      if (value !== undefined) exchange.metadata.set(name, kept(value));
    }
    for (const [name, expression] of set) {
      const value = headerOf(expression, variables);
      // Where there is no value the header goes: a client must not be able to say it instead.
      if (value === undefined) headers.delete(name.toLowerCase());
      else headers.set(name.toLowerCase(), value);
    }
    for (const name of remove) headers.delete(name);
  };
}
