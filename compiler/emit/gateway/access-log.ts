import { logFields, removedLogFields } from '../../../contract/observability.ts';
import { releaseToken } from '../../../contract/tokens.ts';
import { literal } from './cel.ts';
import type { GatewayObject } from './value.ts';

/** What the gateway logs of each request beside its own fields: the observability contract, word for word. */
export const accessLog: GatewayObject = {
  remove: removedLogFields,
  add: Object.fromEntries(
    Object.entries(logFields).map(([name, { cel }]) => [name, typeof cel === 'string' ? cel : literal(releaseToken)]),
  ),
};
