import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogue, catalogueFile, staleCatalogue } from './catalogue.ts';
import { readCorpus } from './corpus.ts';
import { lint, render } from './lint.ts';

const usage = `Checks the decision records and their index.

  npx tsx scripts/adr/main.ts            check the records
  npx tsx scripts/adr/main.ts --check    and that the index is up to date
  npx tsx scripts/adr/main.ts --write    and write the index

  --root DIR    folder of the records (default: adr/ of this repository)
  --today DATE  the day after which a record would be of the future (default: the clock's)
`;

/** The latest day that has begun somewhere on earth: the author's zone need not be the machine's. */
function latestDay(now: number): string {
  const easternmostZone = 14 * 3_600_000;
  return new Date(now + easternmostZone).toISOString().slice(0, 10);
}

function readOptions(args: readonly string[]): ReturnType<typeof parse>['values'] | undefined {
  try {
    return parse(args).values;
  } catch {
    return undefined;
  }
}

function parse(args: readonly string[]) {
  const options = {
    check: { type: 'boolean' },
    write: { type: 'boolean' },
    root: { type: 'string' },
    today: { type: 'string' },
  } as const;
  return parseArgs({ args: [...args], options });
}

function main(args: readonly string[]): number {
  const options = readOptions(args);
  if (options === undefined || (options.check && options.write)) {
    console.error(usage);
    return 64;
  }
  const root = options.root ?? join(import.meta.dirname, '../../adr');
  const corpus = readCorpus(root);
  const { adrs, catalogue: index } = corpus;
  const findings = lint({ ...corpus, today: options.today ?? latestDay(Date.now()) });
  if (options.write && findings.length === 0) writeFileSync(join(root, catalogueFile), catalogue(adrs));
  if (options.check) findings.push(...staleCatalogue(adrs, index));
  const folder = relative(process.cwd(), root).replaceAll('\\', '/');
  for (const finding of findings) console.log(render(finding, folder === '' ? '' : `${folder}/`));
  if (findings.length === 0) console.error(`${adrs.length} decision records, no findings`);
  return findings.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
