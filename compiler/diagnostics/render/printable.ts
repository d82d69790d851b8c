import { withoutSecrets } from '../secret.ts';
import { visible } from './visible.ts';

/** Text from a file on one line, safe to print: nothing in it is a secret or acts on a terminal. */
export function printable(text: string): string {
  return visible(withoutSecrets(text));
}
