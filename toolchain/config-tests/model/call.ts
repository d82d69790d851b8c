import type { JsonObject } from '../../../contract/canonical.ts';
import type { RouteType } from './config-ai.ts';
import type { Provider, Wire } from './providers.ts';

/** A request as a provider got it, and how it was asked. */
export interface Call {
  readonly type: RouteType;
  readonly wire: Wire | RouteType;
  readonly provider: Provider;
  readonly model: string;
  readonly streaming: boolean;
  readonly body: JsonObject;
}
