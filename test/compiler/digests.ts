import { createHash } from 'node:crypto';
import type { Compilation } from '../../compiler/compile.ts';
import { compiled, filesIn, repository } from './project.ts';

/** `<environment>/<artifact>` → SHA-256 of its text. */
export function digestsOf({ releases }: Compilation): Record<string, string> {
  const texts = releases.flatMap(({ environment, artifacts }) =>
    Object.entries(artifacts).map(([name, text]) => [`${environment}/${name}`, text] as const),
  );
  return Object.fromEntries(texts.map(([name, text]) => [name, createHash('sha256').update(text).digest('hex')]));
}

/** Run as a program: compiles the example of the repository wherever it is started, and prints the digests. */
if (process.argv[1] === import.meta.filename) {
  process.stdout.write(JSON.stringify(digestsOf(compiled(filesIn(repository)))));
}
