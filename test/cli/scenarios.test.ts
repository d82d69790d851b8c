import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScenario, play } from './scenario.ts';

const folder = new URL('scenarios/', import.meta.url);

for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
  test.concurrent(`scenario ${name}`, { timeout: 60_000 }, async () => {
    const file = new URL(name, folder);
    const written = readFileSync(file, 'utf8');
    const played = await play(parseScenario(written));
    if (process.env['UPDATE'] === '1') writeFileSync(file, played);
    else expect(played).toBe(written);
  });
}
