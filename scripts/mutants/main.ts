import { mutants } from './mutants.ts';
import { environments } from './projects.ts';
import { outcomes } from './run.ts';

/** Breaks table and emitter in every way that is listed, and fails where the verifier does not see it. */
let survivors = 0;
for await (const { mutant, caughtBy } of outcomes(mutants, environments())) {
  if (caughtBy === undefined) survivors += 1;
  const verdict = caughtBy === undefined ? 'SURVIVED' : `${caughtBy.law}: ${caughtBy.message.slice(0, 160)}`;
  console.log(
    `${caughtBy === undefined ? '✗' : '✓'} ${mutant.file.split('/').at(-1)} · ${mutant.name}\n    ${verdict}`,
  );
}
console.log(`${mutants.length} mutants, ${survivors} survived`);
process.exitCode = survivors === 0 ? 0 : 1;
