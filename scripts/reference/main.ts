import { readFileSync, writeFileSync } from 'node:fs';
import { checksPage } from './checks-page.ts';
import { effectsPage } from './effects-page.ts';
import { fieldsPage } from './fields-page.ts';

/** Writes the generated documents below docs/; `--check` only says which are stale. */

const pages = [fieldsPage(), await effectsPage(), checksPage()];

for (const { file, text } of pages) {
  const path = new URL(`../../docs/${file}`, import.meta.url);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
  else if (readFileSync(path, { encoding: 'utf8', flag: 'a+' }) !== text) {
    console.error(`docs/${file} is stale: run npm run reference`);
    process.exitCode = 1;
  }
}
