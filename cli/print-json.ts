import { jsonText } from '../compiler/diagnostics/render/json-text.ts';
import { withoutKeys } from '../compiler/diagnostics/secret.ts';
import { schemaVersion } from '../contract/vocabulary.ts';
import type { Console } from './console.ts';

export function printJson(console: Console, value: object): void {
  // Digests are in it, which stay.
  console.print(`${withoutKeys(jsonText({ schemaVersion, ...value }))}\n`);
}
