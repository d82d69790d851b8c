import { test } from 'vitest';
import { after, matrix, prepare } from './kill.ts';

const what = 'a deploy that renames, changes, creates and deletes clients and is killed is continued by the next';

test(what, { timeout: 300_000 }, async () => {
  await matrix(await prepare(), after);
});
